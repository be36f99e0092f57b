import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { googlePubsub } from '../../../functions/providers/google-pubsub/preset.ts';
import { plaid } from '../../../functions/providers/plaid/preset.ts';
import { sns } from '../../../functions/providers/sns/preset.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { paypalSample, wiseSample } from './payment-test-samples.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** Samples of providers whose keys are fetched, with keys and an address of the test's own. */
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const plaidKeyId = '6c5516e1-92dc-479e-a8ff-5a51992e0001';
export const plaidKeys = ec;

/** Plaid's answer for the one key there is, and 400 for every other. */
const plaidFetch = (_url: string, init?: RequestInit): Promise<Response> => {
  const asked = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Record<string, string>;
  if (asked['key_id'] !== plaidKeyId) return Promise.resolve(Response.json({}, { status: 400 }));
  const key = { ...ec.publicKey.export({ format: 'jwk' }), kid: plaidKeyId, alg: 'ES256', expired_at: null };
  return Promise.resolve(Response.json({ key }));
};

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const plaidSample: Sample = {
  source: plaid({ environment: 'sandbox', fetch: plaidFetch }),
  key: {
    secret: 'client:secret',
    privateKey: ec.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      webhook_type: 'TRANSACTIONS',
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      item_id: 'i1',
    }),
  }),
  sign(request, { privateKey = '' }, now) {
    const claims = {
      iat: Math.floor(now.getTime() / 1000),
      request_body_sha256: createHash('sha256').update(request.body).digest('hex'),
    };
    const signed = `${base64url({ alg: 'ES256', kid: plaidKeyId, typ: 'JWT' })}.${base64url(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const token = `${signed}.${signature.toString('base64url')}`;
    return { ...request, headers: { ...request.headers, 'plaid-verification': token } };
  },
  events: [
    {
      type: 'TRANSACTIONS.SYNC_UPDATES_AVAILABLE',
      lane: 'i1',
    },
  ],
};

export const snsTopic = 'arn:aws:sns:us-east-1:123456789012:orders';
export const snsCertificateUrl = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0001.pem';
export const snsCertificate = selfSignedCertificate(rsa, new Date('2049-01-01T00:00:00Z'));

const snsFetch = (url: string): Promise<Response> =>
  Promise.resolve(
    url === snsCertificateUrl ? new Response(snsCertificate) : new Response('', { status: 403 }),
  );

/** Signs the fields that the documentation lists, by its own reading of it. */
export function signSns(message: Record<string, string>, version: '1' | '2' = '2'): Record<string, string> {
  const names =
    message['Type'] === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name] ?? ''}\n`)
    .join('');
  const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(text), rsa.privateKey);
  return {
    ...message,
    SignatureVersion: version,
    Signature: signature.toString('base64'),
    SigningCertURL: snsCertificateUrl,
  };
}

const snsSample: Sample = {
  source: sns({ topicArns: [snsTopic], fetch: snsFetch }),
  key: { secret: '' },
  covers: 'values',
  request: (now) => ({
    contentType: 'text/plain; charset=UTF-8',
    body: JSON.stringify({
      Type: 'Notification',
      MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      TopicArn: snsTopic,
      Subject: 'order.paid',
      Message: 'Grüße',
      Timestamp: now.toISOString(),
    }),
  }),
  sign(request) {
    const message = JSON.parse(Buffer.from(request.body).toString()) as Record<string, string>;
    return { ...request, body: Buffer.from(JSON.stringify(signSns(message))) };
  },
  events: [
    {
      eventId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      type: 'order.paid',
      lane: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    },
  ],
};

export const googleKeyId = 'google-key-1';
export const googleKeys = rsa;

/** Google's set, with the one key. */
const googleFetch = (): Promise<Response> =>
  Promise.resolve(
    Response.json({ keys: [{ ...rsa.publicKey.export({ format: 'jwk' }), kid: googleKeyId }] }),
  );

const googlePubsubSample: Sample = {
  source: googlePubsub({
    audience: 'https://hooks.example.com/webhooks/google-pubsub',
    serviceAccount: 'pusher@example.iam.gserviceaccount.com',
    fetch: googleFetch,
  }),
  key: { secret: '' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      message: {
        messageId: '2070443601311540',
        orderingKey: 'order-4711',
        publishTime: now.toISOString(),
        data: Buffer.from('Grüße').toString('base64'),
      },
      subscription: 'projects/example/subscriptions/orders',
    }),
  }),
  sign(request, _, now) {
    const issuedAt = Math.floor(now.getTime() / 1000);
    const claims = {
      aud: 'https://hooks.example.com/webhooks/google-pubsub',
      email: 'pusher@example.iam.gserviceaccount.com',
      email_verified: true,
      iss: 'https://accounts.google.com',
      iat: issuedAt,
      exp: issuedAt + 3600,
    };
    const signed = `${base64url({ alg: 'RS256', kid: googleKeyId, typ: 'JWT' })}.${base64url(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), rsa.privateKey).toString('base64url');
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${signed}.${signature}` } };
  },
  events: [
    {
      eventId: '2070443601311540/projects/example/subscriptions/orders',
      type: 'google-pubsub',
      lane: 'order-4711',
    },
  ],
};

export const testSamples: Readonly<Record<string, Sample>> = {
  paypal: paypalSample,
  'google-pubsub': googlePubsubSample,
  plaid: plaidSample,
  sns: snsSample,
  wise: wiseSample,
};
