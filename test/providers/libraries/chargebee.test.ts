import { basicAuthValidator } from 'chargebee';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chargebeeSample } from '../../../functions/providers/chargebee/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import { now } from '../agrees-with-library.ts';

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
