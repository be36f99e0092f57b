import { sign, verify } from '@octokit/webhooks-methods';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { github } from '../../../../functions/sources/presets/github.ts';
import { standardWebhooks } from '../../../../functions/sources/presets/standard-webhooks.ts';
import { stripe } from '../../../../functions/sources/presets/stripe.ts';
import { aRequest } from '../verify/a-request.ts';

/** The senders' own libraries sign, and each verdict of ours is compared with theirs. */
const runs = { numRuns: 200 };
const nowSeconds = Math.floor(Date.now() / 1000);
const now = new Date(nowSeconds * 1000);

const body = fc
  .oneof(fc.json(), fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }))
  .filter((text) => text.isWellFormed());
const secret = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .filter((text) => text.isWellFormed());

describe('GitHub, by @octokit/webhooks-methods', () => {
  it('agrees on right and wrong signatures', async () => {
    const verifier = github().verify;

    await fc.assert(
      fc.asyncProperty(body, body, secret, async (signed, sent, key) => {
        const header = await sign(key, signed);
        const request = aRequest({ body: sent, headers: { 'x-hub-signature-256': header } });

        const ours = await verifier.verify(request, [key], now);

        expect(ours.verified).toBe(await verify(key, sent, header));
        expect(await verifier.verify(aRequest({ ...request, body: signed }), [key], now)).toEqual({
          verified: true,
        });
      }),
      runs,
    );
  });
});

describe('Stripe, by its own library', () => {
  const library = new Stripe('sk_test_none');
  const accepts = (sent: string, header: string, key: string) => {
    try {
      // Their clock, our clock: the same second, given as milliseconds.
      library.webhooks.constructEvent(sent, header, key, 300, undefined, now.getTime());
      return true;
    } catch {
      return false;
    }
  };

  it('agrees on right and wrong signatures and on old ones', async () => {
    const verifier = stripe().verify;

    await fc.assert(
      fc.asyncProperty(
        fc.json(),
        fc.json(),
        secret,
        fc.integer({ min: 0, max: 600 }),
        async (signed, sent, key, age) => {
          const header = library.webhooks.generateTestHeaderString({
            payload: signed,
            secret: key,
            timestamp: nowSeconds - age,
          });
          const request = aRequest({ body: sent, headers: { 'stripe-signature': header } });

          const ours = await verifier.verify(request, [key], now);
          const right = await verifier.verify(aRequest({ ...request, body: signed }), [key], now);

          expect(ours.verified).toBe(accepts(sent, header, key));
          expect(right.verified).toBe(age <= 300);
        },
      ),
      runs,
    );
  });

  it('refuses a signature from tomorrow, which the library accepts', async () => {
    const payload = '{"id":"evt_1"}';
    const header = library.webhooks.generateTestHeaderString({
      payload,
      secret: 'whsec_test',
      timestamp: nowSeconds + 86_400,
    });

    const ours = await stripe().verify.verify(
      aRequest({ body: payload, headers: { 'stripe-signature': header } }),
      ['whsec_test'],
      now,
    );

    expect(accepts(payload, header, 'whsec_test')).toBe(true);
    expect(ours).toEqual({ verified: false, cause: 'timestamp-in-future' });
  });
});

describe('Standard Webhooks, by the reference library', () => {
  it('agrees on right and wrong signatures', async () => {
    const verifier = standardWebhooks().verify;
    const id = fc.string({
      unit: fc.constantFrom('a', 'b', 'Z', '0', '9', '_', '-'),
      minLength: 1,
      maxLength: 40,
    });

    await fc.assert(
      fc.asyncProperty(
        body,
        body,
        id,
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        async (signed, sent, messageId, key) => {
          const whsec = `whsec_${Buffer.from(key).toString('base64')}`;
          const library = new Webhook(whsec);
          const headers = {
            'webhook-id': messageId,
            'webhook-timestamp': String(nowSeconds),
            'webhook-signature': `v1a,AAAA ${library.sign(messageId, now, signed)}`,
          };

          const ours = await verifier.verify(aRequest({ body: sent, headers }), [whsec], now);
          const right = await verifier.verify(aRequest({ body: signed, headers }), [whsec], now);

          expect(ours.verified).toBe(sent === signed);
          expect(right).toEqual({ verified: true });
        },
      ),
      runs,
    );
  });
});
