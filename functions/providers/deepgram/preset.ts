import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

export interface DeepgramCallback {
  readonly metadata?: {
    readonly request_id?: string;
    readonly created?: string;
    readonly [field: string]: unknown;
  };
  readonly results?: unknown;
  readonly [field: string]: unknown;
}

/** Deepgram’s callbacks, which carry the identifier of the key and no signature. Lane: the request. */
export const deepgram = preset<DeepgramCallback>(
  {
    name: 'deepgram',
    title: 'Deepgram',
    page: 'https://developers.deepgram.com/docs/using-callbacks',
    confidence: 'documentation',
    secret: 'the identifier of the API key with which transcriptions are asked for',
    unsigned: 'everything: a token says who calls, not what was sent',
  },
  {
    verify: apiKey({ header: 'dg-token' }),
    id: 'metadata.request_id',
    lane: 'metadata.request_id',
  },
);
