import { json, type Happenings } from '../happenings.ts';

export const dropboxHappenings: Happenings = {
  id: 'the account and the millisecond it came',
  differ: 'nothing that is sent: all notifications of an account are alike',
  first: json({ list_folder: { accounts: ['dbid:A'] } }),
  second: json({ list_folder: { accounts: ['dbid:A'] } }),
  retryRunsAgain: true,
  sameLane: [json({ list_folder: { accounts: ['dbid:A'] } })],
};
