import { any } from '../../signatures/combine.ts';
import { apiKey } from '../../signatures/api-key.ts';
import { basic } from '../../signatures/basic.ts';
import { bearer } from '../../signatures/bearer.ts';
import { preset } from '../preset.ts';

export interface EventBridgeEvent {
  /** The same for every rule that an event matches. */
  readonly id?: string;
  readonly 'detail-type'?: string;
  /** `aws.s3`, `com.example.orders`, … */
  readonly source?: string;
  readonly time?: string;
  readonly resources?: readonly string[];
  readonly detail?: unknown;
  readonly [field: string]: unknown;
}

/** Amazon EventBridge, API destinations: the event as it is, or as the rule's input transformer makes it. Lane: the first resource. */
export const eventbridge = preset<EventBridgeEvent>(
  {
    name: 'eventbridge',
    title: 'Amazon EventBridge (API destinations)',
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html',
    confidence: 'documentation',
    secret:
      'the value of the key of the connection, whose name is x-api-key or authorization (Bearer …); or user:password',
    acknowledgeWithinSeconds: 5,
    unsigned: 'everything: a key says who calls, not what was sent',
    version: 'time',
  },
  {
    verify: any(apiKey({ header: 'x-api-key' }), bearer(), basic()),
    id: 'id',
    type: 'detail-type',
    lane: ({ body }) => body.resources?.[0],
  },
);
