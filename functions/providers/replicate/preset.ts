import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

/** The prediction as it is now. */
export interface ReplicatePrediction {
  readonly id: string;
  /** `starting`, `processing`, `succeeded`, `failed` or `canceled`. */
  readonly status: string;
  readonly [field: string]: unknown;
}

/** Replicate. Type: the status of the prediction. Lane: the prediction. */
export const replicate = preset<ReplicatePrediction>(
  {
    name: 'replicate',
    title: 'Replicate',
    page: 'https://replicate.com/docs/topics/webhooks/verify-webhook',
    confidence: 'documentation',
    secret: 'the signing key of the account (whsec_…)',
  },
  {
    verify: standardWebhooksSignature('webhook'),
    id: 'header:webhook-id',
    type: 'status',
    lane: 'id',
  },
);
