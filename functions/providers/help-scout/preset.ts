import { bodyHash, joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface HelpScoutEvent {
  readonly id?: number;
  readonly userUpdatedAt?: string;
  readonly [field: string]: unknown;
}

/** Help Scout. Lane: the conversation or customer. */
export const helpScout = preset<HelpScoutEvent>(
  {
    name: 'help-scout',
    title: 'Help Scout',
    page: 'https://developer.helpscout.com/webhooks/',
    confidence: 'documentation',
    secret: 'the secret key of the webhook',
    unsigned: 'the name of the event (header)',
    version: 'userUpdatedAt',
  },
  {
    verify: hmac({ algorithm: 'sha1', header: 'x-helpscout-signature', encoding: 'base64' }),
    // The resource comes with its times, and no id of the event.
    id: bodyHash({ within: 24 * 3600, headers: ['x-helpscout-event'] }),
    type: 'header:X-HelpScout-Event',
    lane: ({ headers, body }) => joined(headers['x-helpscout-event']?.split('.')[0], body.id),
  },
);
