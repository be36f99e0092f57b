/** Stands for `@smithy/signature-v4` in the functions of the local cloud: signs as ever, but for calls to its own services. */
import { SignatureV4 } from '@smithy/signature-v4';

export * from '@smithy/signature-v4';

const ownServices = new Set(
  Object.entries(process.env).flatMap(([name, value = '']) =>
    name.startsWith('AWS_ENDPOINT_URL_') && URL.canParse(value) ? [new URL(value).host] : [],
  ),
);

/** Some services want to see the shape of a signature. */
const shapes = {
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request, SignedHeaders=host, Signature=0',
};

interface HttpRequest {
  readonly hostname: string;
  readonly port?: number;
  readonly headers: Record<string, string>;
}

const isForOwnService = (toSign: unknown): toSign is HttpRequest =>
  typeof toSign === 'object' &&
  toSign !== null &&
  'hostname' in toSign &&
  'headers' in toSign &&
  ownServices.has(`${String(toSign.hostname)}:${'port' in toSign ? String(toSign.port) : ''}`);

type Sign = (toSign: unknown, ...options: unknown[]) => Promise<unknown>;

const signer = SignatureV4.prototype as { sign: Sign };
const signAsEver = signer.sign;
signer.sign = async function (this: SignatureV4, toSign, ...options) {
  if (!isForOwnService(toSign)) return await signAsEver.call(this, toSign, ...options);
  Object.assign(toSign.headers, shapes);
  return toSign;
};
