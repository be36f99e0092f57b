import { describe, expect, it } from 'vitest';
import { recurly } from '../../functions/providers/recurly/preset.ts';
import { recurlySample } from '../../functions/providers/recurly/sample.ts';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { now } from '../support/provider/clock.ts';
import { agreesWithFormula, hex, milliseconds } from '../support/provider/documented-formula.ts';
import { anyDigest, eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('recurly');

it('reads its events', async () => {
  const body = {
    id: 'qmbrlvt5hcno',
    object_type: 'charge_invoice',
    site_id: 'qi5yq8hr8ugo',
    event_type: 'paid',
    event_time: '2026-01-15T09:30:00Z',
  };

  expect(await eventsOf(recurly(), { ...body, account_code: 'a1', uuid: 'u1' })).toEqual([
    [anyDigest, 'charge_invoice.paid', 'a1'],
  ]);
  expect(await eventsOf(recurly(), { ...body, uuid: 'u1' })).toEqual([
    [anyDigest, 'charge_invoice.paid', 'u1'],
  ]);
  expect(await eventsOf(recurly(), body)).toEqual([[anyDigest, 'charge_invoice.paid', anyDigest]]);
});

describe('its signature', () => {
  agreesWithFormula({
    sample: recurlySample,
    headers: ({ body }, secret) => ({
      'recurly-signature': `${milliseconds},${hex(secret, milliseconds, '.', body)}`,
    }),
  });

  const at = async (ms: number, ...secrets: readonly string[]) => {
    const request = unsignedRequest(recurlySample, now);
    const signatures = secrets.map((one) => hex(one, `${ms}.`, Buffer.from(request.body)));
    const headers = { ...request.headers, 'recurly-signature': [ms, ...signatures].join(',') };
    return await recurlySample.source.verify.verify({ ...request, headers }, ['new'], now);
  };

  it('may sign twice, as during a rotation', async () => {
    expect(await at(now.getTime(), 'old', 'new')).toEqual({ verified: true });
    expect(await at(now.getTime(), 'new', 'old')).toEqual({ verified: true });
    expect(await at(now.getTime(), 'old')).toMatchObject({ cause: 'wrong-signature' });
  });

  it('counts in milliseconds', async () => {
    expect(await at(now.getTime() - 20 * 3600_000, 'new')).toEqual({ verified: true });
    expect(await at(now.getTime() - 20 * 3600_000 - 1, 'new')).toMatchObject({ cause: 'timestamp-expired' });
    expect(await at(now.getTime() / 1000, 'new')).toMatchObject({ cause: 'timestamp-expired' });
  });
});
