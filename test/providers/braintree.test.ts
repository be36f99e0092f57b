import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHandshake } from '../../functions/handshakes/handshake.ts';
import { braintree } from '../../functions/providers/braintree/preset.ts';
import { braintreeSample } from '../../functions/providers/braintree/sample.ts';
import { signLike } from '../../functions/providers/signed-sample.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { anyDigest, eventsOf, form, otherwise } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('braintree');

describe('its events', () => {
  const of = (xml: string) =>
    eventsOf(
      braintree(),
      new URLSearchParams({
        bt_signature: 'x',
        bt_payload: `${Buffer.from(xml).toString('base64')}\n`,
      }).toString(),
      form,
    );

  it('has the id of the subject itself for its lane, not one inside or beside it', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <notification><timestamp type="datetime">2026-01-15T09:30:00Z</timestamp><kind>dispute_opened</kind>
      <source-merchant-id>m1</source-merchant-id>
      <subject><dispute><amount>250.00</amount><transaction><id>t1</id></transaction><empty/>
      <id>d1&amp;2</id><kind>chargeback</kind></dispute></subject></notification>`;

    expect(await of(xml)).toEqual([[anyDigest, 'dispute_opened', 'd1&2']]);
  });

  it('does without a kind', async () => {
    const without = '<notification><subject><x><id>1</id></x></subject></notification>';

    expect(await of(without)).toEqual([[anyDigest, 's', '1']]);
    expect(await of('<a><kind>k</kind></a>')).toEqual([[anyDigest, 's', anyDigest]]);
    expect(await of('no XML')).toEqual([[anyDigest, 's', anyDigest]]);
    expect(await eventsOf(braintree(), 'bt_signature=x', form)).toEqual([[otherwise, 's', otherwise]]);
  });
});

interface Sent {
  readonly bt_signature: string;
  readonly bt_payload: string;
}

interface Gateway {
  readonly webhookTesting: {
    sampleNotification(kind: string, id: string): Sent;
    sampleSignature(payload: string): string;
  };
  readonly webhookNotification: {
    validateSignature(signature: string, payload: string): Error | null;
    parse(signature: string, payload: string): Promise<{ kind: string }>;
    verify(challenge: string): string;
  };
}

const library = createRequire(import.meta.url)('braintree') as {
  BraintreeGateway: new (options: Record<string, unknown>) => Gateway;
  Environment: { Sandbox: unknown };
  WebhookNotification: { Kind: Record<string, string> };
};

const gateway = (secret: string) => {
  const [publicKey, privateKey] = secret.split(':');
  const environment = library.Environment.Sandbox;
  return new library.BraintreeGateway({ environment, merchantId: 'm', publicKey, privateKey });
};

const words = fc.stringMatching(/^[a-z0-9]{16,32}$/);

const secrets = fc.tuple(words, words).map((pair) => pair.join(':'));

/** As Braintree sends them: base64 in lines, and a newline at the end. */
const payloads = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map(
  (text) =>
    `${(
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,60}/g) ?? []
    ).join('\n')}\n`,
);

const sentForm = (fields: Partial<Sent>) =>
  aRequest({
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

const ours = async (fields: Sent, secret: string) =>
  (await braintree().verify.verify(sentForm(fields), [secret], now)).verified;

const theirs = ({ bt_signature, bt_payload }: Sent, secret: string) =>
  gateway(secret).webhookNotification.validateSignature(bt_signature, bt_payload) === null;

const both = async (fields: Sent, secret: string) => [await ours(fields, secret), theirs(fields, secret)];

describe('agreement with braintree', () => {
  it('holds for what it signs, for other payloads and for other keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        payloads,
        payloads,
        secrets,
        secrets,
        async (bt_payload, other, secret, otherSecret) => {
          const bt_signature = gateway(secret).webhookTesting.sampleSignature(bt_payload);
          const isSame = other.trim() === bt_payload.trim();

          expect(await both({ bt_signature, bt_payload }, secret)).toEqual([true, true]);
          expect(await both({ bt_signature, bt_payload: bt_payload.trimEnd() }, secret)).toEqual([
            true,
            true,
          ]);
          expect(await both({ bt_signature, bt_payload: other }, secret)).toEqual([isSame, isSame]);
          expect(await both({ bt_signature, bt_payload }, otherSecret)).toEqual([false, false]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('holds for what we sign', async () => {
    await fc.assert(
      fc.asyncProperty(payloads, secrets, async (bt_payload, secret) => {
        const { body } = signLike(braintreeSample, sentForm({ bt_payload }), { now }, { secret });
        const sent = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString())) as unknown as Sent;

        expect(await both(sent, secret)).toEqual([true, true]);
      }),
      { numRuns: 200 },
    );
  });

  it('holds for the pair of our public key among several', async () => {
    const [mine, anothers] = ['mine:1234', 'another:5678'];
    const bt_payload = 'PGE+\n';
    const signatures = [anothers, mine].map((one) => gateway(one).webhookTesting.sampleSignature(bt_payload));
    const swapped = signatures.join('&').replace('mine', 'x').replace('another', 'mine');

    expect(await both({ bt_signature: signatures.join('&'), bt_payload }, mine)).toEqual([true, true]);
    expect(await both({ bt_signature: swapped, bt_payload }, mine)).toEqual([false, false]);
  });
});

describe('every kind of notification that braintree makes', () => {
  const secret = 'public:private';
  const source = braintree();

  it.each(Object.values(library.WebhookNotification.Kind))('%s', async (kind) => {
    const sent = gateway(secret).webhookTesting.sampleNotification(kind, 'my_id');
    const parsed = await gateway(secret).webhookNotification.parse(sent.bt_signature, sent.bt_payload);
    const events = await eventsOf(source, sentForm(sent).body.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });

    expect(await ours(sent, secret)).toBe(true);
    expect(events).toMatchObject([[expect.stringMatching(/^[0-9a-f]{64}$/), parsed.kind, expect.anything()]]);
  });

  it.each(['subscription_charged_successfully', 'dispute_opened', 'transaction_disbursed', 'disbursement'])(
    'the lane of %s is the id of its subject',
    async (kind) => {
      const sent = gateway(secret).webhookTesting.sampleNotification(kind, 'my_id');

      expect(
        await eventsOf(source, sentForm(sent).body.toString(), {
          'content-type': 'application/x-www-form-urlencoded',
        }),
      ).toMatchObject([[expect.anything(), kind, 'my_id']]);
    },
  );
});

describe("Braintree's challenge", () => {
  const ask = (rawQuery: string, secret = 'public:private') =>
    findHandshake(braintree().handshakes ?? [], aRequest({ method: 'GET', rawQuery }), false, {
      secrets: [secret, 'older:key'],
      handshakeSecrets: [],
      now,
    });

  it('is answered as braintree answers it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{20,32}$/), secrets, (challenge, secret) => {
        const answer = gateway(secret).webhookNotification.verify(challenge);

        expect(ask(`bt_challenge=${challenge}`, secret)).toMatchObject({
          kind: 'answer',
          answer: { status: 200, body: answer },
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each(['abc', 'G'.repeat(20), 'a'.repeat(33), 'a'.repeat(20) + '%0a', 'A'.repeat(20)])(
    'is refused when it is %j',
    (challenge) => {
      expect(ask(`bt_challenge=${challenge}`)).toMatchObject({ kind: 'refused' });
    },
  );

  it('is refused without a key', () => {
    for (const secret of ['', 'public', 'public:', ':private']) {
      expect(ask(`bt_challenge=${'a'.repeat(20)}`, secret)).toMatchObject({ kind: 'refused' });
    }
    expect(ask('other=1')).toBeUndefined();
  });

  it('gives nobody an event, whatever was signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[0-9a-f]{20,32}$/), async (bt_payload) => {
        const bt_signature = gateway('public:private').webhookNotification.verify(bt_payload);
        const body = sentForm({ bt_signature, bt_payload }).body.toString();

        expect(await ours({ bt_signature, bt_payload }, 'public:private')).toBe(true);
        expect(
          await eventsOf(braintree(), body, { 'content-type': 'application/x-www-form-urlencoded' }),
        ).toBe('invalid-body');
      }),
    );
  });
});
