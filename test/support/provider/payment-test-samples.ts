import { generateKeyPairSync, sign } from 'node:crypto';
import { paypal } from '../../../functions/providers/paypal/preset.ts';
import { wise } from '../../../functions/providers/wise/preset.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** Samples of payment providers who alone can sign, with keys and a certificate of the test's own. */
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const paypalWebhookId = '1JE4291016473214C';
export const paypalCertificateUrl =
  'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270';
export const paypalCertificate = (
  commonName = 'messageverificationcerts.paypal.com',
  validUntil = new Date('2049-01-01T00:00:00Z'),
  organization?: string,
) => selfSignedCertificate(rsa, validUntil, commonName, organization);

const certificate = paypalCertificate();
const paypalFetch = (url: string): Promise<Response> =>
  Promise.resolve(
    url === paypalCertificateUrl ? new Response(certificate) : new Response('', { status: 404 }),
  );

/** CRC-32 by the book, bit by bit. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** As the documentation says: four values, a pipe between each. */
export function signPaypal(
  request: VerifiableRequest,
  now: Date,
  { webhookId = paypalWebhookId, url = paypalCertificateUrl, key = rsa.privateKey } = {},
): VerifiableRequest {
  const [id, time] = ['69cd13f0-d67a-11e5-baa3-778b53f4ae55', now.toISOString()];
  const signed = [id, time, webhookId, checksum(request.body)].join('|');
  return {
    ...request,
    headers: {
      ...request.headers,
      'paypal-transmission-id': id,
      'paypal-transmission-time': time,
      'paypal-transmission-sig': sign('sha256', Buffer.from(signed), key).toString('base64'),
      'paypal-cert-url': url,
      'paypal-auth-algo': 'SHA256withRSA',
    },
  };
}

export const paypalSample: Sample = {
  source: paypal({ webhookIds: ['another', paypalWebhookId], fetch: paypalFetch }),
  key: { secret: '' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'WH-9UG43882HX7271132-6E0871324L7949614',
      event_version: '1.0',
      create_time: now.toISOString(),
      resource_type: 'capture',
      event_type: 'PAYMENT.CAPTURE.COMPLETED',
      summary: 'Payment completed for € 21.0',
      resource: { id: '80F85758S3080410K', status: 'COMPLETED' },
    }),
  }),
  sign: (request, _, now) => signPaypal(request, now),
  events: [
    {
      eventId: 'WH-9UG43882HX7271132-6E0871324L7949614',
      type: 'PAYMENT.CAPTURE.COMPLETED',
      lane: '80F85758S3080410K',
    },
  ],
};

export const wiseSample: Sample = {
  source: wise(),
  key: {
    secret: rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateKey: rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      data: {
        resource: { id: 111, profile_id: 222, account_id: 333, type: 'transfer' },
        current_state: 'processing',
        previous_state: 'incoming_payment_waiting',
        occurred_at: now.toISOString(),
      },
      subscription_id: '01234567-89ab-cdef-0123-456789abcdef',
      event_type: 'transfers#state-change',
      schema_version: '2.0.0',
      sent_at: now.toISOString(),
    }),
    headers: { 'x-delivery-id': '8b9d0a4e-6b1a-4f9e-8a45-3c2f6f3d8f11' },
  }),
  events: [
    {
      eventId: '8b9d0a4e-6b1a-4f9e-8a45-3c2f6f3d8f11',
      type: 'transfers#state-change',
      lane: 'transfer/111',
    },
  ],
};
