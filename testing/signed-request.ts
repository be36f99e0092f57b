import { signLike } from '../functions/providers/signed-sample.ts';
import { sampleOf, sampleRequest, type SampleRequestOptions } from './sample-request.ts';

export interface SigningOptions extends SampleRequestOptions {
  /** What the source verifies with. */
  readonly secret: string;
  /** Where it will be posted: some providers sign the address. */
  readonly url: string;
  /** When it is signed (default now): for a signature that is too old. */
  readonly at?: Date;
}

/** Ready for `fetch(url, { method, headers, body })`. */
export interface SignedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A webhook of a preset, signed as its provider signs it. */
export function signedRequest(
  preset: string,
  { secret, url, at = new Date(), ...options }: SigningOptions,
): SignedRequest {
  const sample = sampleOf(preset);
  const { pathname, search } = new URL(url);
  const unsigned = sampleRequest(preset, options, at);
  const rawQuery = search === '' ? unsigned.rawQuery : search.slice(1);
  const request = { ...unsigned, path: pathname, rawQuery, publicUrl: url };
  const signed = signLike(sample, request, { now: at }, { ...sample.key, secret });
  const [address = url] = url.split('?');
  return {
    url: signed.rawQuery === '' ? address : `${address}?${signed.rawQuery}`,
    method: signed.method,
    headers: signed.headers,
    body: new Uint8Array(signed.body),
  };
}
