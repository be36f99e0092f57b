import { answerWith } from '../../api/answer.ts';
import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { none } from '../../signatures/none.ts';

/** Says that something about an object may have changed, not what: fetch it. */
export interface MollieWakeUp {
  /** `tr_…`, `ord_…`, `sub_…`, … */
  readonly id: string;
}

/**
 * Mollie's classic webhooks; the signed ones are `mollieEvents`. Anybody can send one: take it as a reason to fetch the object with your API key,
 * and nothing else. Lane: the object. Every request is an event, since all of an object are alike.
 */
export const mollie = preset<MollieWakeUp>(
  {
    name: 'mollie',
    title: 'Mollie (classic)',
    page: 'https://docs.mollie.com/reference/webhooks',
    confidence: 'documentation',
    secret: 'none: nothing is signed',
    acknowledgeWithinSeconds: 15,
    unsigned: 'everything',
  },
  {
    verify: none(),
    bodyFormats: ['form'],
    id: ({ body, acceptedAt }) => joined(body.id, acceptedAt.toISOString()),
    lane: 'id',
    respond: answerWith({ status: 200 }),
  },
);
