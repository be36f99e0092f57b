import { verify, X509Certificate, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { parsedJson } from '../../body/parse-body.ts';
import { decodeStrictly } from '../../signatures/encoding.ts';
import { fetchTextIfThere, type Fetch } from '../../signatures/fetch-text.ts';
import { fetchedKeys } from '../../signatures/fetched-keys.ts';
import type { Verifier } from '../../signatures/verifier.ts';
import { refused } from '../../signatures/verdict.ts';
import type { VerifiableRequest } from '../../signatures/verifiable-request.ts';

const message = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  Signature: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  SigningCertURL: z.string(),
  Subject: z.string().nullish(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
});

export type SnsMessage = z.infer<typeof message>;

const notificationKeys = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const confirmationKeys = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;

/**
 * Amazon SNS: RSA over named fields, the key in a certificate whose address the message gives. Data cannot say this: the address must
 * be Amazon's own, and the topic one of yours, since everybody can have Amazon sign messages of a topic of theirs.
 */
export function snsSignature(topicArns: readonly string[], fetch: Fetch = globalThis.fetch): Verifier {
  const certificates = fetchedKeys(async (url) => {
    const pem = await fetchTextIfThere(url, fetch);
    return pem === undefined ? {} : { [url]: certificateOf(pem) };
  });
  return {
    name: 'sns',
    needsSecret: false,
    problems: topicArns.length === 0 ? ['needs the ARN of at least one topic'] : [],
    async verify(request, _, now) {
      const read = readSnsMessage(request);
      if (read === undefined) return refused('malformed-signature');
      if (!topicArns.includes(read.TopicArn) || !isAmazons(read.SigningCertURL, '.pem')) {
        return refused('wrong-signature');
      }
      const signature = decodeStrictly(read.Signature, 'base64');
      const signed = signedText(read);
      if (signature === undefined || signed === undefined) return refused('malformed-signature');
      const key = await certificates.find(read.SigningCertURL, [], now);
      return key !== undefined && isSigned(read, signed, signature, key)
        ? { verified: true }
        : refused('wrong-signature');
    },
  };
}

/** Undefined for anything else, messages of raw delivery among them: those are not signed. */
export function readSnsMessage({ body }: Pick<VerifiableRequest, 'body'>): SnsMessage | undefined {
  return message.safeParse(parsedJson(body)).data;
}

/** Whether an address is https at SNS itself. */
export function isAmazons(address: string, ending = ''): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return (
    url?.protocol === 'https:' &&
    /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$/.test(url.host) &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.endsWith(ending)
  );
}

function signedText(read: SnsMessage): string | undefined {
  const keys = read.Type === 'Notification' ? notificationKeys : confirmationKeys;
  const lines: string[] = [];
  for (const key of keys) {
    const value = read[key];
    if (value === undefined || value === null) {
      if (key !== 'Subject') return undefined;
    } else lines.push(`${key}\n${value}\n`);
  }
  return lines.join('');
}

function isSigned(
  { SignatureVersion }: SnsMessage,
  signed: string,
  signature: Buffer,
  key: KeyObject,
): boolean {
  try {
    return verify(SignatureVersion === '1' ? 'sha1' : 'sha256', Buffer.from(signed), key, signature);
  } catch {
    return false;
  }
}

function certificateOf(pem: string) {
  const certificate = new X509Certificate(pem);
  const { publicKey, validToDate } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') throw new Error('the certificate holds no RSA key');
  return { key: publicKey, expiresAt: validToDate };
}
