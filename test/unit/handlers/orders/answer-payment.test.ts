import type { EventOutcome, RequestOutcome } from 'hooklane';
import { describe, expect, test } from 'vitest';
import { answerPayment } from '../../../../handlers/orders/answer-payment.ts';
import { PaymentEvent } from '../../../../handlers/orders/payment.ts';
import { paymentBody } from '../../../support/payment-body.ts';

describe('the answer to a payment', () => {
  test.each(['accepted', 'reopened'] as const)('is queued when the event is %s', (status) => {
    const answer = answerPayment(outcome(202, { status }));

    expect(answer).toEqual({
      status: 202,
      body: {
        message: 'Webhook received and queued',
        webhook_log_id: 'payments#txn_1',
        txn_id: 'txn_1',
        status: 'queued',
        processing_time_ms: 12,
      },
    });
  });

  test('tells the state and the result of a duplicate under the status of the source', () => {
    const answer = answerPayment(
      outcome(409, { status: 'duplicate', state: 'processed', result: { to: 'paid' } }),
    );

    expect(answer).toMatchObject({
      status: 409,
      body: { txn_id: 'txn_1', status: 'duplicate', state: 'processed', result: { to: 'paid' } },
    });
  });
});

function outcome(
  status: number,
  event: Pick<EventOutcome, 'status' | 'state' | 'result'>,
): RequestOutcome<PaymentEvent> {
  return {
    events: [{ eventId: 'txn_1', lane: 'payments#order', ...event }],
    correlationId: 'c-1',
    processingTimeMs: 12,
    body: PaymentEvent.parse(paymentBody()),
    headers: {},
    standard: { status },
  };
}
