import { createHash, createHmac } from 'node:crypto';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';

export interface IamOptions {
  /** Keys, or a function that gives them (default: those of the environment, as Lambda sets them). */
  readonly credentials?: SignatureV4Init['credentials'];
  /** Default: the one that the address names, else `AWS_REGION`. */
  readonly region?: string;
}

interface Signable {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The headers of a request with a signature (SigV4) that API Gateway checks. An address without TLS is the local cloud's, and gets none. */
export async function signForIam(
  url: URL,
  { method, headers, body }: Signable,
  options: IamOptions,
  now: Date,
): Promise<Readonly<Record<string, string>>> {
  return url.protocol === 'http:' ? headers : await signed(url, { method, headers, body }, options, now);
}

/** The same, whatever the protocol: an emulator of AWS has no TLS. */
export async function signed(
  url: URL,
  { method, headers, body }: Signable,
  options: IamOptions,
  now: Date,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({
    service: 'execute-api',
    region: options.region ?? regionOf(url),
    credentials: options.credentials ?? environmentCredentials(),
    sha256: Sha256,
  });
  const { protocol, hostname, host, pathname: path, searchParams } = url;
  const query = Object.fromEntries(searchParams);
  const request = { method, protocol, hostname, path, query, headers: { ...headers, host }, body };
  const { headers: withSignature } = await signer.sign(request, { signingDate: now });
  return withSignature;
}

/** `abc.execute-api.eu-central-1.amazonaws.com`; a domain of one's own names no region. */
function regionOf({ hostname }: URL): string {
  const region = /\.execute-api\.([\w-]+)\.amazonaws\./.exec(hostname)?.[1] ?? process.env['AWS_REGION'];
  if (region === undefined) throw new Error('publish needs a region: as an option, or in AWS_REGION');
  return region;
}

function environmentCredentials() {
  const accessKeyId = process.env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = process.env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('publish needs credentials: as an option, or in the environment');
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

const bytesOf = (data: Bytes): string | Uint8Array => {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};

/** Node's own, in the form that the signer asks for. */
class Sha256 {
  readonly #hash;

  constructor(secret?: Bytes) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: Bytes): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
}
