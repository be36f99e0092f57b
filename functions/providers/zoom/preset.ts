import { bodyHash } from '../../sources/event-keys.ts';
import { proof } from '../../handshakes/proof.ts';
import { isText, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

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

const lanes = ['uuid', 'call_id', 'id', 'call_logs.0.call_id', 'recordings.0.call_id', 'channel_id'];

function laneOf(object: unknown): string | number | undefined {
  const found = lanes.map((path) => lookUp(object, path)).find((id) => id !== undefined && id !== '');
  return isText(found) || typeof found === 'number' ? found : undefined;
}

/** Zoom. Lane: the meeting, the call of Zoom Phone, or another object. */
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
      // Three more tries within two hours, of which Zoom does not say whether they are signed anew.
      timestamp: {
        from: 'header:x-zm-request-timestamp',
        unit: 's',
        toleranceSeconds: 3 * 3600,
        futureSeconds: 300,
      },
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
    // Zoom gives events no id, and one object may have several at a time: its participants', say. All have their time in milliseconds.
    id: bodyHash(),
    type: 'event',
    lane: ({ body: { payload } }) => laneOf(payload.object),
  },
);
