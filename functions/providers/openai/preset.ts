import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

export interface OpenaiEvent {
  readonly id: string;
  /** `response.completed`, `batch.failed`, … */
  readonly type: string;
  /** Whole seconds. */
  readonly created_at: number;
  readonly data: { readonly id?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** OpenAI. Lane: the response, batch or other job. */
export const openai = preset<OpenaiEvent>(
  {
    name: 'openai',
    title: 'OpenAI',
    page: 'https://platform.openai.com/docs/guides/webhooks',
    confidence: 'library',
    secret: 'the signing secret of the webhook (whsec_…)',
    version: 'created_at',
  },
  {
    verify: standardWebhooksSignature('webhook'),
    id: 'header:webhook-id',
    type: 'type',
    lane: 'data.id',
  },
);
