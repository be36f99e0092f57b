import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Source } from '../../../functions/sources/source.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { textSecrets } from './agrees-with-library.ts';
import { now } from './clock.ts';

/** `sent`: a request that holds the token where the provider puts it. */
export function isKnownByToken(
  { verify }: Source,
  sent: (token: string) => VerifiableRequest,
  where = 'its token',
): void {
  it(`is known by ${where}, and by no other`, async () => {
    const verdict = async (secret: string, known: readonly string[]) =>
      (await verify.verify(sent(secret), known, now)).verified;

    await fc.assert(
      fc.asyncProperty(textSecrets, textSecrets, async ({ secret }, { secret: other }) => {
        expect(await verdict(secret, [secret])).toBe(true);
        expect(await verdict(secret, [other, secret])).toBe(true);
        expect(await verdict(secret, [other])).toBe(secret === other);
        expect(await verdict(`${secret}x`, [secret])).toBe(false);
        expect(await verdict(secret.slice(0, -1), [secret])).toBe(false);
        expect(await verdict(secret, [])).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
}
