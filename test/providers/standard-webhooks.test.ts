import { generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { standardWebhooks } from '../../functions/providers/standard-webhooks/preset.ts';
import { standardWebhooksSample } from '../../functions/providers/standard-webhooks/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { shownKey, signedByFormula } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('standard-webhooks');

const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';

agreesWithLibrary({
  name: 'standardwebhooks',
  sample: standardWebhooksSample,
  keys: fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((key) => ({ secret: `whsec_${Buffer.from(key).toString('base64')}` })),
  sign: (request, { secret }) => {
    const signature = new Webhook(secret).sign(id, now, Buffer.from(request.body).toString());
    const timestamp = String(now.getTime() / 1000);
    return {
      ...request,
      // Another version beside it, as during a rotation.
      headers: {
        ...request.headers,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v2,AAAA ${signature}`,
      },
    };
  },
  accepts: ({ body, headers }, { secret }) => {
    try {
      new Webhook(secret).verify(Buffer.from(body).toString(), headers);
      return true;
    } catch {
      return false;
    }
  },
});

it('accepts an ed25519 signature under a public key, and never the public key as a shared secret', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  const { verify } = standardWebhooksSample.source;
  const request = unsignedRequest(standardWebhooksSample, now);
  const timestamp = String(now.getTime() / 1000);
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), request.body]);
  const withSignature = (signature: string) => ({
    ...request,
    headers: { ...request.headers, 'webhook-timestamp': timestamp, 'webhook-signature': signature },
  });
  const forged = new Webhook(`whsec_${raw}`).sign(id, now, Buffer.from(request.body).toString());

  const genuine = withSignature(`v1a,${sign(null, signed, privateKey).toString('base64')}`);
  expect(await verify.verify(genuine, [`whpk_${raw}`], now)).toEqual({ verified: true });
  expect(await verify.verify(withSignature(forged), [`whpk_${raw}`], now)).toMatchObject({ verified: false });
  for (const request of [withSignature(forged), genuine]) {
    expect(await verify.verify(request, [raw], now)).toMatchObject({ cause: 'no-secret' });
  }
});

it('takes a secret with the version of the signature before it, and none without a prefix', async () => {
  const request = signedByFormula(aRequest({ body: '{}', headers: { 'webhook-id': 'm1' } }), {
    secret: `whsec_${shownKey}`,
  });

  expect(await isVerified(standardWebhooks(), request, `v1,whsec_${shownKey}`)).toBe(true);
  expect(await isVerified(standardWebhooks(), request, shownKey)).toBe(false);
});
