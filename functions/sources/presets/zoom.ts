import { bodyHash, joined } from '../event-keys.ts';
import { proof } from '../handshakes/proof.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

export interface ZoomEvent {
  /** `meeting.started`, `meeting.participant_joined`, … */
  readonly event: string;
  /** Milliseconds. */
  readonly event_ts: number;
  readonly payload: {
    readonly account_id?: string;
    readonly object?: {
      readonly uuid?: string;
      readonly id?: string | number;
      readonly participant?: {
        readonly participant_uuid?: string;
        readonly user_id?: string;
        readonly [field: string]: unknown;
      };
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
}

/** Zoom gives events no id: it is made of event, time and object, and of the participant, since several may join at once. */
function id(e: { body: ZoomEvent; raw: Uint8Array }): string | undefined {
  const { event, event_ts, payload } = e.body;
  const { uuid, id: number, participant } = payload.object ?? {};
  const who = participant?.participant_uuid ?? participant?.user_id;
  const what = joined(event, event_ts, uuid ?? number ?? payload.account_id);
  return (who === undefined || who === '' ? what : joined(what, who)) ?? bodyHash(e);
}

/** Zoom. Lane: the meeting, or another object. */
export const zoom = preset<ZoomEvent>(
  {
    name: 'zoom',
    title: 'Zoom',
    page: 'https://developers.zoom.us/docs/api/webhooks/',
    confidence: 'documentation',
    secret: 'the secret token of the app',
    acknowledgeWithinSeconds: 3,
    version: 'event_ts',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-zm-signature',
      prefix: 'v0=',
      encoding: 'hex',
      signed: 'v0:{timestamp}:{body}',
      timestamp: { from: 'header:x-zm-request-timestamp', unit: 's' },
    }),
    handshakes: [
      proof({
        name: 'url-validation',
        method: 'POST',
        isSigned: true,
        when: { 'field:event': 'endpoint.url_validation' },
        challenge: 'field:payload.plainToken',
        // No colon: what is signed of an event has two.
        form: /^[\w+/=-]{1,256}$/,
        hash: 'sha256',
        encoding: 'hex',
        answer: (plainToken, encryptedToken) => ({ status: 200, body: { plainToken, encryptedToken } }),
      }),
    ],
    id,
    type: 'event',
    lane: ({ body: { payload } }) => payload.object?.uuid ?? payload.object?.id,
  },
);
