import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { OAuth2Client } from 'google-auth-library';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { googlePubsub } from '../../functions/providers/google-pubsub/preset.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';
import { googleKeyId, googleKeys, testSamples } from '../support/provider/test-samples.ts';

testProvider('google-pubsub');

it('another attempt is the same event', async () => {
  const source = googlePubsub({ audience: 'a', serviceAccount: 's' });
  const push = (deliveryAttempt: number) => ({
    message: { messageId: '207', orderingKey: 'o1', publishTime: '2026-03-01T12:00:00.123Z', data: 'e30=' },
    subscription: 'projects/p/subscriptions/s',
    deliveryAttempt,
  });

  expect(await eventsOf(source, push(1))).toEqual([['207/projects/p/subscriptions/s', 's', 'o1']]);
  expect(await eventsOf(source, push(2))).toEqual([['207/projects/p/subscriptions/s', 's', 'o1']]);
});

const { source } = testSamples['google-pubsub']!;

const audience = 'https://hooks.example.com/webhooks/google-pubsub';

const serviceAccount = 'pusher@example.iam.gserviceaccount.com';

const issuedAt = now.getTime() / 1000;

const jwt = (claims: JWTPayload, key: KeyObject = googleKeys.privateKey, kid = googleKeyId) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key);

async function verdictOf(token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const body = Buffer.from('{}');
  return await source.verify.verify({ method: 'POST', path: '/', rawQuery: '', headers, body }, [], now);
}

const certificates = {
  [googleKeyId]: googleKeys.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
};

/** As Google documents it: its library checks the token, and the caller whose account it is. */
async function googleAccepts(token: string): Promise<boolean> {
  try {
    const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(token, certificates, audience, [
      'https://accounts.google.com',
      'accounts.google.com',
    ]);
    const { email, email_verified: isVerified } = ticket.getPayload() ?? {};
    return email === serviceAccount && isVerified === true;
  } catch {
    return false;
  }
}

it('says of 200 tokens what google-auth-library says', async () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const often = <T>(usual: T, ...others: T[]) =>
    fc.oneof(
      { arbitrary: fc.constant(usual), weight: 6 },
      { arbitrary: fc.constantFrom(...others), weight: 1 },
    );
  let accepted = 0;

  await fc.assert(
    fc.asyncProperty(
      fc.record({
        aud: often<string | undefined>(audience, undefined, 'https://hooks.example.com', ''),
        email: often<string | undefined>(serviceAccount, undefined, 'other@example.iam.gserviceaccount.com'),
        email_verified: often<boolean | undefined>(true, false, undefined),
        iss: often<string | undefined>(
          'https://accounts.google.com',
          'accounts.google.com',
          'https://evil.example',
          undefined,
        ),
        exp: often<number | undefined>(issuedAt + 3600, issuedAt - 3600, undefined),
      }),
      often(googleKeys.privateKey, stranger),
      often(googleKeyId, 'another'),
      async (claims, key, kid) => {
        const token = await jwt({ ...claims, iat: issuedAt } as JWTPayload, key, kid);
        const theirs = await googleAccepts(token);

        const ours = kid === googleKeyId ? (await verdictOf(token)).verified : theirs;

        expect(ours).toBe(theirs);
        if (ours) accepted++;
      },
    ),
    { numRuns: 200 },
  );
  expect(accepted).toBeGreaterThan(20);
});

const genuine: JWTPayload = {
  aud: audience,
  email: serviceAccount,
  email_verified: true,
  iss: 'https://accounts.google.com',
  iat: issuedAt,
  exp: issuedAt + 3600,
};

it('refuses a key that Google does not have', async () => {
  expect(await verdictOf(await jwt(genuine, googleKeys.privateKey, 'another'))).toEqual({
    verified: false,
    cause: 'wrong-signature',
  });
});

it('refuses the algorithms none and HS256', async () => {
  const pem = certificates[googleKeyId];
  const hs256 = await new SignJWT(genuine)
    .setProtectedHeader({ alg: 'HS256', kid: googleKeyId })
    .sign(Buffer.from(pem));

  expect(await verdictOf(await jwt(genuine))).toEqual({ verified: true });
  expect(await verdictOf(new UnsecuredJWT(genuine).encode())).toMatchObject({ verified: false });
  expect(await verdictOf(hs256)).toMatchObject({ cause: 'malformed-signature' });
});
