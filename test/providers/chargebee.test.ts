import { basicAuthValidator } from 'chargebee';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chargebee } from '../../functions/providers/chargebee/preset.ts';
import { chargebeeSample } from '../../functions/providers/chargebee/sample.ts';
import { signLike, unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('chargebee');

it.each([
  [{ subscription: { id: 'sub' }, customer: { id: 'cus' }, invoice: { id: 'inv' } }, 'sub'],
  [{ card: { id: 'card' }, customer: { id: 'cus' } }, 'cus'],
  [{ coupon: { id: 'coupon' } }, 'coupon'],
  [{}, 'ev_1'],
])('%j has the lane %s', async (content, lane) => {
  const body = { id: 'ev_1', event_type: 'subscription_created', occurred_at: 1, content };

  expect(await eventsOf(chargebee(), body)).toEqual([['ev_1', 'subscription_created', lane]]);
});

const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

const secrets = fc.tuple(
  texts.filter((user) => !user.includes(':')),
  texts,
);

async function theirs(headers: Readonly<Record<string, string>>, [user, password]: [string, string]) {
  const validate = basicAuthValidator((u, p) => u === user && p === password);
  try {
    await validate({ ...headers });
    return true;
  } catch {
    return false;
  }
}

it('agrees with chargebee on 200 passwords and on others', async () => {
  await fc.assert(
    fc.asyncProperty(secrets, secrets, async (secret, other) => {
      const request = signLike(
        chargebeeSample,
        unsignedRequest(chargebeeSample, now),
        { now },
        {
          secret: secret.join(':'),
        },
      );
      const ours = async (known: readonly string[]) =>
        (await chargebeeSample.source.verify.verify(request, [known.join(':')], now)).verified;
      const isSame = other.join(':') === secret.join(':');

      expect([await ours(secret), await theirs(request.headers, secret)]).toEqual([true, true]);
      expect([await ours(other), await theirs(request.headers, other)]).toEqual([isSame, isSame]);
    }),
    { numRuns: 200 },
  );
});
