import { joinedWith } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { basic } from '../../signatures/basic.ts';
import { bearer } from '../../signatures/bearer.ts';
import { any } from '../../signatures/combine.ts';

/**
 * Datadog sends what you tell it to. This is the payload to set:
 * `{"id": "$ID", "transition": "$ALERT_TRANSITION", "updated": "$LAST_UPDATED", "monitor": "$ALERT_ID", "title": "$EVENT_TITLE"}`
 */
export interface DatadogAlert {
  readonly id: string;
  /** `Triggered`, `Recovered`, … */
  readonly transition: string;
  readonly updated: string;
  readonly monitor: string;
  readonly [field: string]: unknown;
}

/** Datadog, with a custom header `Authorization: Bearer …` or with user and password in the address. Lane: the monitor. */
export const datadog = preset<DatadogAlert>(
  {
    name: 'datadog',
    title: 'Datadog',
    page: 'https://docs.datadoghq.com/integrations/webhooks/',
    confidence: 'second-hand',
    secret: 'the token of the custom header, or user:password of the address',
    unsigned: 'everything: a token says who calls, not what was sent',
  },
  {
    verify: any(bearer(), basic()),
    id: ({ body }) => joinedWith([body.id], body.transition, body.updated),
    type: 'transition',
    lane: 'monitor',
  },
);
