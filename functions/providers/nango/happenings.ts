import { json, type Happenings } from '../happenings.ts';

export const nangoHappenings: Happenings = {
  id: 'digest of the bytes and the millisecond they came',
  differ: 'nothing that is sent: a connection may be authorized again, or a provider send the same again',
  first: json({ type: 'auth', operation: 'override', providerConfigKey: 'k', connectionId: 'c' }),
  second: json({ type: 'auth', operation: 'override', providerConfigKey: 'k', connectionId: 'c' }),
  retryRunsAgain: true,
  sameLane: [json({ type: 'sync', syncName: 's', providerConfigKey: 'k', connectionId: 'c' })],
};
