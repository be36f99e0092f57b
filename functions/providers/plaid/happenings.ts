import { byHeader, json, type Happenings } from '../happenings.ts';

export const plaidHappenings: Happenings = {
  id: 'digest of the bytes and of the token in the header',
  differ: 'the token: each delivery has one of its own, and `SYNC_UPDATES_AVAILABLE` repeats byte for byte',
  ...byHeader('plaid-verification', {
    webhook_type: 'TRANSACTIONS',
    webhook_code: 'SYNC_UPDATES_AVAILABLE',
    item_id: 'i',
    environment: 'production',
  }),
  again: json(
    {
      webhook_type: 'TRANSACTIONS',
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      item_id: 'i',
      environment: 'production',
    },
    { 'plaid-verification': 'c' },
  ),
  retryRunsAgain: true,
  sameLane: [json({ webhook_type: 'ITEM', webhook_code: 'ERROR', item_id: 'i' })],
};
