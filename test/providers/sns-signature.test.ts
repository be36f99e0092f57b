import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { snsSignature } from '../../functions/providers/sns/signature.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';
import { signSns, snsCertificate, snsCertificateUrl, snsTopic } from './test-samples.ts';
import { aRequest } from '../support/a-request.ts';

const now = new Date('2026-03-01T12:00:00Z');
const aMessage = (more: Record<string, string> = {}) => ({
  Type: 'Notification',
  MessageId: 'm1',
  TopicArn: snsTopic,
  Message: 'Grüße',
  Timestamp: '2026-03-01T12:00:00.000Z',
  ...more,
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

it('says that it needs no secret, but a topic', () => {
  expect(snsSignature([snsTopic])).toMatchObject({ name: 'sns', needsSecret: false, problems: [] });
  expect(snsSignature([]).problems).toEqual(['needs the ARN of at least one topic']);
});

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
