import { joined } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

export interface EventGridEvent {
  readonly id: string;
  readonly topic?: string;
  readonly subject?: string;
  /** `Microsoft.Storage.BlobCreated`, … */
  readonly eventType: string;
  readonly eventTime?: string;
  readonly data?: unknown;
  readonly [field: string]: unknown;
}

/** Azure Event Grid in its own schema (in that of CloudEvents it is `cloudEvents`): register the address with `?secret=…`. A body holds several events. Lane: the subject. */
export const eventGrid = preset<EventGridEvent>(
  {
    name: 'event-grid',
    title: 'Azure Event Grid',
    page: 'https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema',
    confidence: 'documentation',
    secret: 'what the address registered with Event Grid has after ?secret=',
    unsigned: 'everything: a key in the address says who calls, not what was sent',
    version: 'eventTime',
  },
  {
    verify: apiKey({ query: 'secret' }),
    handshakes: [
      echo({
        name: 'validation',
        method: 'POST',
        isSigned: true,
        when: { 'header:aeg-event-type': 'SubscriptionValidation' },
        echo: 'field:0.data.validationCode',
        member: 'validationResponse',
      }),
    ],
    split: (body) => (Array.isArray(body) ? body : undefined),
    id: ({ body }) => joined(body.id, body.topic) ?? body.id,
    type: 'eventType',
    lane: ({ body }) => joined(body.subject, body.topic) ?? body.subject,
  },
);
