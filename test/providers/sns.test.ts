import { generateKeyPairSync } from 'node:crypto';
import https from 'node:https';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { findHandshake } from '../../functions/handshakes/handshake.ts';
import { snsSignature } from '../../functions/providers/sns/signature.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { selfSignedCertificate } from '../support/provider/self-signed-certificate.ts';
import { testProvider } from '../support/provider/test-provider.ts';
import {
  signSns,
  snsCertificate,
  snsCertificateUrl,
  snsTopic,
  testSamples,
} from '../support/provider/test-samples.ts';

testProvider('sns');

const Validator = createRequire(import.meta.url)('sns-validator') as new () => {
  validate(message: Record<string, string>, done: (error: Error | null) => void): void;
};

const { source } = testSamples['sns']!;

function requestOf(message: Record<string, string>) {
  return { method: 'POST', path: '/', rawQuery: '', headers: {}, body: Buffer.from(JSON.stringify(message)) };
}

const ours = async (message: Record<string, string>) =>
  (await source.verify.verify(requestOf(message), [], now)).verified;

/** The library fetches the certificate by itself: this is the answer it gets. */
function theirs(message: Record<string, string>): Promise<boolean> {
  const get = vi.spyOn(https, 'get').mockImplementation(((_url: string, done: (answer: unknown) => void) => {
    done(Object.assign(Readable.from([snsCertificate]), { statusCode: 200 }));
    return { on: () => undefined };
  }) as unknown as typeof https.get);
  return new Promise<boolean>((resolve) => {
    new Validator().validate(message, (error) => resolve(error === null));
  }).finally(() => get.mockRestore());
}

const aMessage = (more: Record<string, string> = {}) => ({
  Type: 'Notification',
  MessageId: 'm1',
  TopicArn: snsTopic,
  Message: 'Grüße',
  Timestamp: '2026-03-01T12:00:00.000Z',
  ...more,
});

const texts = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => text.isWellFormed());

const messages = fc
  .record(
    { Message: texts, MessageId: texts, Subject: texts, Timestamp: texts },
    { requiredKeys: ['Message'] },
  )
  .map((fields) => aMessage(JSON.parse(JSON.stringify(fields)) as Record<string, string>));

describe('agreement with sns-validator', () => {
  it('holds for right and for changed messages of both signature versions', async () => {
    await fc.assert(
      fc.asyncProperty(
        messages,
        texts,
        fc.constantFrom<'1' | '2'>('1', '2'),
        async (message, other, version) => {
          const signed = signSns(message, version);
          const changed = { ...signed, Message: other };

          expect(await ours(signed)).toBe(true);
          expect(await theirs(signed)).toBe(true);
          expect(await ours(changed)).toBe(other === signed['Message']);
          expect(await theirs(changed)).toBe(other === signed['Message']);
        },
      ),
      { numRuns: 200 },
    );
  });
});

it.each([
  ['another host', 'https://evil.example.com/x.pem'],
  ['a host that only ends alike', 'https://sns.us-east-1.amazonaws.com.evil.example/x.pem'],
  ['a bucket', 'https://sns.s3.amazonaws.com.evil/x.pem'],
  ['a subdomain', 'https://a.sns.us-east-1.amazonaws.com/x.pem'],
  ['http', snsCertificateUrl.replace('https', 'http')],
  ['a user name', 'https://sns.us-east-1.amazonaws.com@evil.example/x.pem'],
  ['a name and a password', snsCertificateUrl.replace('https://', 'https://a:b@')],
  ['a name', snsCertificateUrl.replace('https://', 'https://a@')],
  ['a password', snsCertificateUrl.replace('https://', 'https://:b@')],
  ['another port', 'https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0001.pem'],
  ['another kind of file', 'https://sns.us-east-1.amazonaws.com/x.txt'],
  ['no address', 'nonsense'],
  ['a certificate that is not there', 'https://sns.us-east-1.amazonaws.com/other.pem'],
])('refuses a certificate from %s', async (_, SigningCertURL) => {
  expect(await ours({ ...signSns(aMessage()), SigningCertURL })).toBe(false);
});

it('refuses topics of other people, raw delivery and what is no message', async () => {
  expect(await ours(signSns(aMessage({ TopicArn: 'arn:aws:sns:us-east-1:999999999999:orders' })))).toBe(
    false,
  );
  expect(await ours({ hello: 'world' })).toBe(false);
  expect(await ours({ ...signSns(aMessage()), SignatureVersion: '3' })).toBe(false);
});

describe('a subscription', () => {
  const confirm = (url: string) =>
    signSns(aMessage({ Type: 'SubscriptionConfirmation', SubscribeURL: url, Token: 't' }));
  const outcomeOf = (message: Record<string, string>) =>
    findHandshake(source.handshakes ?? [], requestOf(message), true, {
      secrets: [],
      handshakeSecrets: [],
      now,
    });
  const address = 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t';

  it('is confirmed by calling the address, if that is SNS itself', async () => {
    expect(await ours(confirm(address))).toBe(true);
    expect(outcomeOf(confirm(address))).toEqual({
      kind: 'call',
      name: 'subscription-confirmation',
      url: address,
      answer: { status: 200 },
    });
    expect(outcomeOf(confirm('https://evil.example/'))).toMatchObject({ kind: 'refused' });
    expect(outcomeOf(signSns(aMessage()))).toBeUndefined();
  });

  it('is signed with its address and token', async () => {
    expect(
      await ours({ ...confirm(address), SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Token=u' }),
    ).toBe(false);
    expect(await ours({ ...confirm(address), Token: 'u' })).toBe(false);
  });
});

it('says that it needs no secret, but a topic', () => {
  expect(snsSignature([snsTopic])).toMatchObject({ name: 'sns', needsSecret: false, problems: [] });
  expect(snsSignature([]).problems).toEqual(['needs the ARN of at least one topic']);
});

const signed = signSns(aMessage());

const wrong = { verified: false, cause: 'wrong-signature' };

const malformed = { verified: false, cause: 'malformed-signature' };

/** Whatever address is asked has a certificate: what is refused is refused for another reason. */
async function verdictOf(message: Readonly<Record<string, unknown>>, pem = snsCertificate) {
  const asked: string[] = [];
  const verifier = snsSignature(['arn:aws:sns:eu-west-1:1:other', snsTopic], async (url) => {
    asked.push(url);
    return new Response(pem);
  });
  const verdict = await verifier.verify(aRequest({ body: JSON.stringify(message) }), [], now);
  return { ...verdict, asked };
}

describe('a message', () => {
  it('is accepted with a subject, with none, and with null for none', async () => {
    const titled = signSns(aMessage({ Subject: 'hello' }));

    expect(await verdictOf(titled)).toEqual({ verified: true, asked: [snsCertificateUrl] });
    expect(await verdictOf(signed)).toMatchObject({ verified: true });
    expect(await verdictOf({ ...signed, Subject: null })).toMatchObject({ verified: true });
    expect(await verdictOf({ ...titled, Subject: null })).toMatchObject(wrong);
  });

  it.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'])('may be a %s', async (Type) => {
    const confirmation = signSns(aMessage({ Type, Token: 't', SubscribeURL: 'https://sns.example/' }));

    expect(await verdictOf(confirmation)).toMatchObject({ verified: true });
    expect(await verdictOf({ ...confirmation, Token: 'u' })).toMatchObject(wrong);
  });

  it('is refused for a topic of other people, before anything is fetched', async () => {
    const other = signSns(aMessage({ TopicArn: 'arn:aws:sns:us-east-1:999999999999:orders' }));

    expect(await verdictOf(other)).toEqual({ ...wrong, asked: [] });
  });

  it('is refused where it was changed', async () => {
    expect(await verdictOf({ ...signed, Message: 'hello' })).toMatchObject(wrong);
    expect(await verdictOf({ ...signed, SignatureVersion: '1' })).toMatchObject(wrong);
    expect(await verdictOf({ ...signed, Signature: 'AAAA' })).toMatchObject(wrong);
  });

  it.each([
    ['no message', { hello: 'world' }],
    ['of a signature version that is not known', { ...signed, SignatureVersion: '3' }],
    ['of another type', { ...signed, Type: 'Greeting' }],
    ['without base64 for a signature', { ...signed, Signature: 'no base64' }],
    ['a confirmation without its token', { ...signed, Type: 'SubscriptionConfirmation', SubscribeURL: 'x' }],
    ['a confirmation without its address', { ...signed, Type: 'UnsubscribeConfirmation', Token: 'x' }],
  ])('is malformed where it is %s', async (_, message) => {
    expect(await verdictOf(message)).toEqual({ ...malformed, asked: [] });
  });

  it('is malformed where it is no JSON', async () => {
    const verifier = snsSignature([snsTopic], async () => new Response(snsCertificate));

    expect(await verifier.verify(aRequest({ body: '{' }), [], now)).toEqual(malformed);
  });
});

describe('a certificate', () => {
  it.each([
    'http://sns.us-east-1.amazonaws.com/x.pem',
    'https://evil.example/x.pem',
    'https://sns.us-east-1.amazonaws.com.evil.example/x.pem',
    'https://evil.sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us.amazonaws.com@evil.example/x.pem',
    'https://sns.s3.amazonaws.com/x.pem',
    'https://user@sns.us-east-1.amazonaws.com/x.pem',
    'https://:password@sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com:8443/x.pem',
    'https://sns.us-east-1.amazonaws.com/x.txt',
    'https://sns.us-east-1.amazonaws.com/x.txt?.pem',
    'x.pem',
  ])('is not asked for at %s', async (SigningCertURL) => {
    expect(await verdictOf({ ...signed, SigningCertURL })).toEqual({ ...wrong, asked: [] });
  });

  it.each(['https://sns.us-gov-west-1.amazonaws.com/x.pem', 'https://sns.cn-north-1.amazonaws.com.cn/x.pem'])(
    'is asked for at %s',
    async (SigningCertURL) => {
      expect(await verdictOf({ ...signed, SigningCertURL })).toEqual({
        verified: true,
        asked: [SigningCertURL],
      });
    },
  );

  it('of a kind that SNS does not use cannot be told from one that could not be had', async () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pem = selfSignedCertificate(elliptic, new Date('2049-01-01T00:00:00Z'));

    await expect(verdictOf(signed, pem)).rejects.toMatchObject({
      name: 'KeysUnreachable',
      cause: { message: 'the certificate holds no RSA key' },
    });
  });
});
