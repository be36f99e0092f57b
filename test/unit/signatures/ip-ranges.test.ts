import { expect, it } from 'vitest';
import { ipRanges } from '../../../functions/signatures/ip-ranges.ts';
import { aRequest } from '../../support/a-request.ts';

const now = new Date();
const from = async (ranges: readonly string[], sourceIp?: string) =>
  await ipRanges(ranges).verify(aRequest(sourceIp === undefined ? {} : { sourceIp }), [], now);

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.0/24', '203.0.113.255'],
  ['0.0.0.0/0', '198.51.100.1'],
  ['2001:db8::/32', '2001:db8:ffff::1'],
  ['::1', '::1'],
  ['2001:db8::/64', '2001:db8::ffff'],
])('%s lets %s in', async (range, address) => {
  expect(await from(['192.0.2.0/30', range], address)).toEqual({ verified: true });
});

it.each([
  ['203.0.113.7', '203.0.113.8'],
  ['203.0.113.0/24', '203.0.114.0'],
  ['2001:db8::/32', '2001:db9::1'],
  ['::1', '::2'],
  ['0.0.0.0/0', '::1'],
  ['0.0.0.0/0', 'nowhere'],
  ['0.0.0.0/0', ''],
  ['0.0.0.0/0', undefined],
])('%s keeps %s out', async (range, address) => {
  expect(await from([range], address)).toEqual({ verified: false, cause: 'wrong-signature' });
});

it.each([
  '203.0.113.0/33',
  '203.0.113.0/',
  '2001:db8::/129',
  'example.com',
  '',
  '1.2.3.4/8/8',
  '/8',
  '/1.2.3.4',
])('reports %j, and lets nobody in beside it', async (range) => {
  expect(ipRanges(['0.0.0.0/0', range]).problems).toEqual([`"${range}" is no IP range`]);
  expect(await from(['0.0.0.0/0', range], '203.0.113.7')).toMatchObject({ verified: false });
});

it('reports that there is no range at all', () => {
  expect(ipRanges([]).problems).toEqual(['needs at least one IP range']);
  expect(ipRanges(['::1'])).toMatchObject({ name: 'ip-ranges', needsSecret: false, problems: [] });
});
