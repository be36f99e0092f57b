import type { Verifier } from './verifier.ts';
import type { SignatureCause, Verdict } from './verdict.ts';

/** Every condition must hold; the first that does not decides. `all(hmac({ … }), ipRanges([ … ]))` */
export function all(...verifiers: readonly Verifier[]): Verifier {
  return {
    ...combined('all', verifiers),
    needsSecret: verifiers.some((one) => one.needsSecret),
    async verify(request, secrets, now) {
      let verdict: Verdict = { verified: false, cause: 'no-secret' };
      for (const one of verifiers) {
        verdict = await one.verify(request, secrets, now);
        if (!verdict.verified) return verdict;
      }
      return verdict;
    },
  };
}

/** One is enough: for a sender that signs in one of several ways. The refusal that got furthest is the one recorded. */
export function any(...verifiers: readonly Verifier[]): Verifier {
  return {
    ...combined('any', verifiers),
    needsSecret: verifiers.some((one) => one.needsSecret),
    async verify(request, secrets, now) {
      let cause: SignatureCause = 'missing-signature';
      for (const one of verifiers) {
        const verdict = await one.verify(request, secrets, now);
        if (verdict.verified) return verdict;
        if (progress.indexOf(verdict.cause) > progress.indexOf(cause)) ({ cause } = verdict);
      }
      return { verified: false, cause };
    },
  };
}

const progress: readonly SignatureCause[] = [
  'missing-signature',
  'malformed-signature',
  'no-secret',
  'timestamp-expired',
  'timestamp-in-future',
  'wrong-signature',
];

function combined(word: string, verifiers: readonly Verifier[]): Omit<Verifier, 'verify' | 'needsSecret'> {
  const scheme = verifiers.find((one) => one.scheme !== undefined)?.scheme;
  return {
    name: `${word}(${verifiers.map((one) => one.name).join(', ')})`,
    needsPublicUrl: verifiers.some((one) => one.needsPublicUrl === true),
    isIamSigned: verifiers.some((one) => one.isIamSigned === true),
    secretHeaders: verifiers.flatMap((one) => one.secretHeaders ?? []),
    ...(scheme === undefined ? {} : { scheme }),
    problems: [
      ...verifiers.flatMap((one) => one.problems ?? []),
      ...(verifiers.length === 0 ? [`${word}() needs a verifier`] : []),
    ],
  };
}
