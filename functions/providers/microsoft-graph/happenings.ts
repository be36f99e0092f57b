import { json, type Happenings } from '../happenings.ts';

const graph = (more: object) =>
  json({ value: [{ subscriptionId: 's', clientState: 'c', resource: 'me/drive/root', ...more }] });

export const microsoftGraphHappenings: Happenings = {
  id: '`id`; else subscription, resource, kind and etag; without an etag the digest of the bytes and the millisecond they came',
  differ: 'the etag; of drives, lists, presence and of what was missed nothing that is sent',
  first: graph({}),
  second: graph({}),
  retryRunsAgain: true,
  sameLane: [graph({ id: 'n', changeType: 'updated' })],
};
