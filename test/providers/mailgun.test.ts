import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailgun } from '../../functions/providers/mailgun/preset.ts';
import { mailgunSample } from '../../functions/providers/mailgun/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { hex, hmac, seconds } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('mailgun');

it('orders by message', async () => {
  const body = JSON.stringify({
    signature: { timestamp: '1529006854', token: 'a8ce', signature: 'd2271d' },
    'event-data': {
      event: 'failed',
      severity: 'permanent',
      timestamp: 1529006854.329574,
      id: 'DACSsAdVSeGpLid7TN03WA',
      message: { headers: { 'message-id': '2013@mg.example.com', to: 'Alice' } },
    },
  });

  expect(await eventsOf(mailgun(), body)).toEqual([
    ['DACSsAdVSeGpLid7TN03WA', 'failed', '2013@mg.example.com'],
  ]);
});

it('agrees with the documented formula, which signs a time and a token', async () => {
  const tokens = fc.stringMatching(/^[0-9a-f]{50}$/);
  const verdict = async (signature: Record<string, string>, secret: string) => {
    const body = Buffer.from(JSON.stringify({ signature, 'event-data': { id: 'ü' } }));
    const request = { method: 'POST', path: '/', rawQuery: '', headers: {}, body };
    return (await mailgunSample.source.verify.verify(request, [secret], now)).verified;
  };

  await fc.assert(
    fc.asyncProperty(tokens, tokens, textSecrets, textSecrets, async (token, other, key, otherKey) => {
      const signed = {
        timestamp: seconds,
        token,
        signature: hmac('sha256', key.secret, seconds + token).toString('hex'),
      };

      expect(await verdict(signed, key.secret)).toBe(true);
      expect(await verdict({ ...signed, token: other }, key.secret)).toBe(other === token);
      expect(await verdict(signed, otherKey.secret)).toBe(key.secret === otherKey.secret);
    }),
    { numRuns: 200 },
  );
});

describe('signatures as they are met', () => {
  it('Mailgun signs a form as it signs JSON', async () => {
    const fields = {
      timestamp: seconds,
      token: 't0k',
      signature: hex('key', seconds, 't0k'),
      event: 'opened',
      'Message-Id': '<m>',
    };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = (more: object = {}) =>
      aRequest({ headers, body: new URLSearchParams({ ...fields, ...more }).toString() });

    expect(await isVerified(mailgun(), form(), 'key')).toBe(true);
    expect(await isVerified(mailgun(), form({ token: 'other' }), 'key')).toBe(false);
    expect(await eventsOf(mailgun(), String(form().body), headers)).toEqual([['t0k', 'opened', '<m>']]);
  });
});
