import { answerWith } from '../../api/answer.ts';
import { echo } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

/** One event of a body that holds several. */
export interface OktaEvent {
  readonly uuid: string;
  /** `user.lifecycle.create`, … */
  readonly eventType: string;
  readonly published: string;
  readonly target?: readonly { readonly id: string; readonly type: string }[] | null;
  readonly [field: string]: unknown;
}

/** Okta event hooks; a body holds several events. Lane: the first thing the event is about. */
export const okta = preset<OktaEvent>(
  {
    name: 'okta',
    title: 'Okta event hooks',
    page: 'https://developer.okta.com/docs/concepts/event-hooks/',
    confidence: 'documentation',
    secret: 'the authentication secret of the hook, as it stands in the Authorization header',
    acknowledgeWithinSeconds: 3,
    unsigned: 'everything: a secret in a header says who calls, not what was sent',
    version: 'published',
  },
  {
    verify: apiKey({ header: 'authorization' }),
    handshakes: [
      echo({
        name: 'verification',
        method: 'GET',
        isSigned: false,
        echo: 'header:x-okta-verification-challenge',
        member: 'verification',
      }),
    ],
    split: 'data.events',
    id: 'uuid',
    type: 'eventType',
    lane: ({ body }) => body.target?.[0]?.id,
    respond: answerWith({ status: 204 }),
  },
);
