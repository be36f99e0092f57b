import { joined } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { jwt } from '../../signatures/jwt.ts';
import { preset } from '../preset.ts';

export interface MondayWebhook {
  readonly event?: {
    /** `create_pulse`, `update_column_value`, … */
    readonly type?: string;
    readonly boardId?: number;
    /** The item. */
    readonly pulseId?: number;
    /** The item, of one that is gone. */
    readonly itemId?: number;
    readonly subscriptionId?: number;
    readonly triggerUuid?: string;
    readonly triggerTime?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const halfAnHour = 1800;

/** monday.com, webhooks that an app has made: the others are not signed. Lane: the item of its board. */
export const monday = preset<MondayWebhook>(
  {
    name: 'monday',
    title: 'monday.com',
    page: 'https://developer.monday.com/api-reference/docs/webhooks',
    confidence: 'documentation',
    secret: 'the signing secret of the app',
    unsigned: 'everything: the token says who calls, not what was sent',
    version: 'event.triggerTime',
  },
  {
    // A token ends after five minutes. monday.com comes again every minute for half an hour, and does not say whether with another.
    verify: jwt({
      name: 'monday',
      from: 'header:authorization',
      algorithm: 'HS256',
      mustExpire: true,
      graceSeconds: halfAnHour,
    }),
    handshakes: [
      echo({
        name: 'challenge',
        method: 'POST',
        isSigned: false,
        echo: 'field:challenge',
        member: 'challenge',
      }),
    ],
    id: ({ body: { event } }) => joined(event?.triggerUuid, event?.subscriptionId),
    type: 'event.type',
    lane: ({ body: { event } }) => joined(event?.boardId, event?.pulseId ?? event?.itemId),
  },
);
