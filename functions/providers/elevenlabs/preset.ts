import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface ElevenlabsEvent {
  /** `post_call_transcription`, … */
  readonly type: string;
  /** Whole seconds. */
  readonly event_timestamp?: number;
  readonly data: {
    readonly conversation_id?: string;
    readonly voice_id?: string;
    readonly [field: string]: unknown;
  };
}

/** ElevenLabs. Lane: the conversation, else the voice. */
export const elevenlabs = preset<ElevenlabsEvent>(
  {
    name: 'elevenlabs',
    title: 'ElevenLabs',
    page: 'https://elevenlabs.io/docs/eleven-agents/workflows/post-call-webhooks',
    confidence: 'second-hand',
    secret: 'the secret of the webhook',
    version: 'event_timestamp',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'elevenlabs-signature',
      shape: { kind: 'list', separator: ',', signature: 'v0' },
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      timestamp: { from: 'signature:t', unit: 's', toleranceSeconds: 1800, futureSeconds: 300 },
    }),
    // Every event says when it happened.
    id: bodyHash(),
    type: 'type',
    lane: ({ body: { data } }) => data.conversation_id ?? data.voice_id,
  },
);
