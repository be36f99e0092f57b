import type { Answer, RequestOutcome } from 'hooklane';
import type { PaymentEvent } from './payment.ts';

/** The answer in the words that senders of payments know. `webhook_log_id` is the key of the event in the ledger. */
export function answerPayment(outcome: RequestOutcome<PaymentEvent>): Answer {
  const { txn_id } = outcome.body;
  const common = {
    webhook_log_id: `payments#${txn_id}`,
    txn_id,
    processing_time_ms: outcome.processingTimeMs,
  };
  const [event] = outcome.events;
  if (event?.status === 'duplicate') {
    return {
      status: outcome.standard.status,
      body: {
        message: 'This transaction was received before',
        ...common,
        status: 'duplicate',
        state: event.state,
        result: event.result,
      },
    };
  }
  return {
    status: outcome.standard.status,
    body: { message: 'Webhook received and queued', ...common, status: 'queued' },
  };
}
