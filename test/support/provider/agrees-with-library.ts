import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sample } from '../../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import type { SigningKey } from '../../../functions/signatures/sign-request.ts';
import { now } from './clock.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';

/** The provider's own package, or, where there is none, its documented formula written once more, sharing no code with ours. */
export interface Library {
  readonly name: string;
  readonly sample: Sample;
  readonly keys: fc.Arbitrary<SigningKey>;
  /** Texts that could be bodies; default any JSON. */
  readonly bodies?: fc.Arbitrary<string>;
  /** Signs as the provider does. */
  readonly sign?: (
    request: VerifiableRequest,
    key: SigningKey,
    now: Date,
  ) => VerifiableRequest | Promise<VerifiableRequest>;
  /** Whether the provider's package takes the request for genuine. */
  readonly accepts?: (request: VerifiableRequest, key: SigningKey, now: Date) => boolean | Promise<boolean>;
}

/** Random JSON, with all of Unicode in its texts. */
export const jsonBodies = fc.json({ stringUnit: 'grapheme' });
/** Printable ASCII without white space, at which some packages balk. */
export const textSecrets: fc.Arbitrary<SigningKey> = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 80 })
  .filter((secret) => !/\s/.test(secret))
  .map((secret) => ({ secret }));

const runs = { numRuns: 200 };

/**
 * 200 random bodies and secrets each way: what the library signs we accept; what we sign the library accepts; and under another body or
 * another secret both say the same.
 */
export function agreesWithLibrary({ name, sample, keys, bodies = jsonBodies, sign, accepts }: Library): void {
  const ours = async (request: VerifiableRequest, { secret }: SigningKey) =>
    (await sample.source.verify.verify(request, [secret], now)).verified;
  const theirs = async (request: VerifiableRequest, key: SigningKey, expected: boolean) =>
    accepts === undefined ? expected : await accepts(request, key, now);
  const unsigned = (body: string): VerifiableRequest => ({
    ...unsignedRequest(sample, now),
    body: Buffer.from(body, 'utf8'),
  });
  const both = async (request: VerifiableRequest, key: SigningKey, expected: boolean) => ({
    ours: await ours(request, key),
    theirs: await theirs(request, key, expected),
  });

  async function agreeOn(
    signed: VerifiableRequest,
    key: SigningKey,
    otherBody: string,
    otherKey: SigningKey,
  ) {
    const body = Buffer.from(otherBody, 'utf8');
    const isSame = body.equals(signed.body);
    expect(await both(signed, key, true)).toEqual({ ours: true, theirs: true });
    expect(await both({ ...signed, body }, key, isSame)).toEqual({ ours: isSame, theirs: isSame });
    const isSameKey = otherKey.secret === key.secret;
    expect(await both(signed, otherKey, isSameKey)).toEqual({ ours: isSameKey, theirs: isSameKey });
  }

  if (sign !== undefined) {
    it(`accepts what ${name} signs, and nothing else`, async () => {
      await fc.assert(
        fc.asyncProperty(bodies, bodies, keys, keys, async (body, otherBody, key, otherKey) => {
          await agreeOn(await sign(unsigned(body), key, now), key, otherBody, otherKey);
        }),
        runs,
      );
    });
  }

  if (accepts !== undefined) {
    it(`signs so that ${name} accepts it`, async () => {
      await fc.assert(
        fc.asyncProperty(bodies, bodies, keys, keys, async (body, otherBody, key, otherKey) => {
          await agreeOn(signLike(sample, unsigned(body), { now }, key), key, otherBody, otherKey);
        }),
        runs,
      );
    });
  }
}
