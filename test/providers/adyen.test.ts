import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adyen } from '../../functions/providers/adyen/preset.ts';
import { adyenSample } from '../../functions/providers/adyen/sample.ts';
import { signLike } from '../../functions/providers/signed-sample.ts';
import { aRequest } from '../support/a-request.ts';
import { adyenLibrary, hexKeys, type Item } from '../support/provider/adyen-library.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { plain, tells } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('adyen');

describe('its events', () => {
  const item = (more: object) => ({
    NotificationRequestItem: {
      amount: { currency: 'EUR', value: 1000 },
      eventCode: 'AUTHORISATION',
      eventDate: '2026-01-01T01:02:01+02:00',
      merchantAccountCode: 'TestMerchant',
      merchantReference: 'TestPayment-1407325143704',
      paymentMethod: 'visa',
      pspReference: '7914073381342284',
      success: 'true',
      ...more,
    },
  });

  const changed = { originalReference: '7914073381342284', pspReference: '8825408195409505' };

  it('keeps what changes a payment in the lane of the payment', async () => {
    const notificationItems = [
      item({ originalReference: '' }),
      item({ ...changed, eventCode: 'CAPTURE' }),
      item({ ...changed, eventCode: 'CAPTURE', success: 'false' }),
    ];

    expect(await eventsOf(adyen(), { live: 'false', notificationItems })).toEqual([
      ['AUTHORISATION/7914073381342284/true/2026-01-01T01:02:01+02:00', 'AUTHORISATION', '7914073381342284'],
      ['CAPTURE/8825408195409505/true/2026-01-01T01:02:01+02:00', 'CAPTURE', '7914073381342284'],
      ['CAPTURE/8825408195409505/false/2026-01-01T01:02:01+02:00', 'CAPTURE', '7914073381342284'],
    ]);
  });

  it('is told [accepted], and a duplicate too', () => tells(adyen(), plain('[accepted]')));
});

describe('payments', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 20 });
  const plain = texts.map((text) => text.replaceAll(':', ''));
  const items: fc.Arbitrary<Item> = fc.record(
    {
      pspReference: plain,
      originalReference: plain,
      merchantAccountCode: plain,
      merchantReference: texts,
      amount: fc.record({ value: fc.integer({ min: 0 }), currency: plain }),
      eventCode: plain,
      success: fc.constantFrom('true', 'false'),
      eventDate: texts,
      additionalData: fc.dictionary(
        texts.filter((name) => name !== '__proto__'),
        texts,
      ),
    },
    { requiredKeys: ['amount', 'success'] },
  );

  const bodyOf = (list: readonly Item[]) =>
    aRequest({
      body: JSON.stringify({
        live: 'false',
        notificationItems: list.map((item) => ({ NotificationRequestItem: item })),
      }),
    });
  const withSignature = (item: Item, hmacSignature: string): Item => ({
    ...item,
    additionalData: { ...item.additionalData, hmacSignature },
  });
  const ours = async (list: readonly Item[], key: string) =>
    (await adyen().verify.verify(bodyOf(list), [key], now)).verified;
  const theirs = (list: readonly Item[], key: string) =>
    list.every((item) => adyenLibrary.validateHMAC(item, key));
  const lists = fc.array(items, { minLength: 1, maxLength: 4 });
  const signedFields = ['pspReference', 'originalReference', 'merchantReference', 'eventCode', 'success'];

  it('accepts what @adyen/api-library signs, all items or none', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        hexKeys,
        hexKeys,
        fc.nat(),
        fc.nat(),
        async (list, key, otherKey, at, which) => {
          const signed = list.map((item) => withSignature(item, adyenLibrary.calculateHmac(item, key)));
          const field = signedFields[which % signedFields.length] ?? '';
          const changed = signed.map((item, index) =>
            index === at % signed.length ? { ...item, [field]: `${JSON.stringify([item[field]])}x` } : item,
          );

          expect(await ours(signed, key)).toBe(true);
          expect(theirs(signed, key)).toBe(true);
          expect(await ours(changed, key)).toBe(false);
          expect(theirs(changed, key)).toBe(false);
          expect(await ours(signed, otherKey)).toBe(otherKey === key);
          expect(theirs(signed, otherKey)).toBe(otherKey === key);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('signs so that @adyen/api-library accepts it', async () => {
    await fc.assert(
      fc.asyncProperty(lists, hexKeys, async (list, secret) => {
        const { body } = signLike(adyenSample, bodyOf(list), { now }, { secret });
        const { notificationItems } = JSON.parse(Buffer.from(body).toString()) as {
          notificationItems: readonly { NotificationRequestItem: Item }[];
        };
        const signed = notificationItems.map((one) => one.NotificationRequestItem);

        expect(theirs(signed, secret)).toBe(true);
        expect(await ours(signed, secret)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  const key = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
  const payment: Item = {
    pspReference: 'p',
    merchantAccountCode: 'account',
    merchantReference: 'order:4711',
    amount: { value: 1130, currency: 'EUR' },
    eventCode: 'AUTHORISATION',
    success: 'true',
  };
  const signed = withSignature(payment, adyenLibrary.calculateHmac(payment, key));

  it('takes no colon that was moved from the reference to another value', async () => {
    const moved = { ...signed, merchantAccountCode: 'account:order', merchantReference: '4711' };

    expect(adyenLibrary.validateHMAC(moved, key)).toBe(true);
    expect(await adyen().verify.verify(bodyOf([moved]), [key], now)).toEqual({
      verified: false,
      cause: 'malformed-signature',
    });
  });

  it.each([
    ['a second item without a signature', [signed, payment], 'missing-signature'],
    [
      'a second item with the signature of the first',
      [signed, { ...signed, eventCode: 'REFUND' }],
      'wrong-signature',
    ],
    ['a signature that is no base64', [withSignature(payment, 'a*')], 'malformed-signature'],
    ['a value that is a list', [{ ...signed, merchantReference: ['order:4711'] }], 'malformed-signature'],
    ['no items', [], 'malformed-signature'],
  ])('refuses %s', async (_, list, cause) => {
    expect(await adyen().verify.verify(bodyOf(list), [key], now)).toEqual({ verified: false, cause });
  });

  it.each(['', 'odd', 'zz', 'a b', `${key}0`])('takes %j for no key', async (secret) => {
    expect(await adyen().verify.verify(bodyOf([signed]), [secret], now)).toMatchObject({
      cause: 'no-secret',
    });
  });

  it('takes truths and numbers for values, and any of the keys', async () => {
    const typed: Item = { ...payment, success: true };
    const list = bodyOf([withSignature(typed, adyenLibrary.calculateHmac(typed, key))]);

    for (const keys of [[key], ['00', key], [key, '00']]) {
      expect(await adyen().verify.verify(list, keys, now)).toEqual({ verified: true });
    }
  });

  it.each([
    ['', 'malformed-signature'],
    ['[]', 'malformed-signature'],
    ['null', 'malformed-signature'],
    ['{', 'malformed-signature'],
    ['{"notificationItems":5}', 'malformed-signature'],
    ['{"notificationItems":[null]}', 'missing-signature'],
  ])('refuses the body %j', async (body, cause) => {
    expect(await adyen().verify.verify(aRequest({ body }), [key], now)).toEqual({ verified: false, cause });
  });
});
