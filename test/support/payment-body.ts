/** Body of a payment as its sender writes it. */
export function paymentBody(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    order_uuid: '7b6e9b0c-58f5-4d33-9a5e-1d7a5f1c2b3d',
    txn_id: 'txn_1',
    status: 'paid',
    amount: 99.9,
    timestamp: '2026-11-24T10:00:00Z',
    webhook_source: 'payment-provider',
    correlation_id: 'c-1',
    metadata: { method: 'card' },
    ...fields,
  };
}
