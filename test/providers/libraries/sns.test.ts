import https from 'node:https';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { findHandshake } from '../../../functions/handshakes/handshake.ts';
import { now } from '../agrees-with-library.ts';
import { signSns, snsCertificate, snsCertificateUrl, snsTopic, testSamples } from '../test-samples.ts';

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
  Message: 'hello',
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
