import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfiguration, checkGateway, checkVersions } from '../../../../cli/doctor/checkup.ts';
import { opsClient } from '../../../../cli/operations/ops-client.ts';
import type { Target } from '../../../../cli/operations/target.ts';

const now = () => new Date('2026-11-29T12:00:00Z');
const fixtures = join(import.meta.dirname, '../../../local/fixtures');

/** A gateway whose clock is elsewhere, or that lacks a secret. */
function gateway({
  date = 'Sun, 29 Nov 2026 12:00:01 GMT',
  isPresent = true,
  expiresAt = '2026-11-29T13:00:00Z',
}) {
  const target: Target = {
    url: 'https://abc.execute-api.eu-central-1.amazonaws.com',
    where: 'the stack Shop',
    account: {
      credentials: async () => ({
        accessKeyId: 'AKIA',
        secretAccessKey: 's',
        expiration: new Date(expiresAt),
      }),
      region: async () => 'eu-central-1',
      outputs: async () => ({}),
    },
  };
  const source = {
    source: 'billing',
    path: '/webhooks/billing',
    isForIam: false,
    secret: { name: 'billing', isPresent },
    onExhausted: 'hold',
    execution: 'at-least-once',
    retentionDays: 90,
  };
  const fetch = async (url: string | URL | Request) =>
    (url instanceof Request ? url.url : String(url)).endsWith('/health')
      ? Response.json({ status: 'ok' }, { headers: { date } })
      : Response.json({ items: [source] });
  return opsClient(target, { now, fetch });
}
const wrongOf = async (over: Parameters<typeof gateway>[0]) =>
  (await checkGateway(gateway(over), now)).filter(({ state }) => state === 'wrong').map(({ what }) => what);

describe('doctor', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await wrongOf({})).toEqual([]);
  });

  it.each<[string, Parameters<typeof gateway>[0]]>([
    ['clock', { date: 'Sun, 29 Nov 2026 12:06:00 GMT' }],
    ['secrets', { isPresent: false }],
    ['credentials', { expiresAt: '2026-11-29T11:59:00Z' }],
  ])('finds what is wrong with the %s', async (what, over) => {
    expect(await wrongOf(over)).toEqual([what]);
  });

  it('finds a gateway that does not answer, in each of its checks', async () => {
    const client = opsClient({ url: 'http://127.0.0.1:9', where: 'nobody' }, { now, fetch });

    expect((await checkGateway(client, now)).map(({ what, state }) => [what, state])).toEqual([
      ['credentials', 'ok'],
      ['gateway', 'wrong'],
      ['secrets', 'wrong'],
    ]);
  });

  it('finds the mistakes of a configuration, and says where there is none', async () => {
    const mistaken = await checkConfiguration(
      join(fixtures, 'mistaken.config.ts'),
      join(fixtures, 'mistaken.handlers.ts'),
    );
    const none = await checkConfiguration('/nowhere/hooklane.config.ts');

    expect(mistaken.findings[0]).toMatchObject({
      state: 'wrong',
      detail: expect.stringMatching(/retry\.attempts/) as unknown,
    });
    expect(none.findings[0]).toMatchObject({ state: 'unknown' });
  });

  it('finds a Node that is too old', () => {
    expect(checkVersions('22.17.0')[0]?.state).toBe('wrong');
    expect(checkVersions('24.1.0')[0]?.state).toBe('ok');
  });
});
