import type { HashName } from './algorithm.ts';
import type { Encoding } from './encoding.ts';
import type { KeySpec } from './key.ts';
import type { Place } from './place.ts';
import type { Shape } from './shape.ts';
import { signature } from './signature.ts';
import type { SignatureSpec } from './signature-spec.ts';
import type { TimestampSpec } from './timestamp.ts';
import type { Verifier } from './verifier.ts';

export interface HmacOptions {
  readonly algorithm: HashName;
  /** The header that holds the signature. */
  readonly header: string;
  readonly encoding: Encoding;
  /** Stands before the signature, such as `sha256=`. */
  readonly prefix?: string;
  /** For headers that hold more than a signature; then without `prefix`. */
  readonly shape?: Shape;
  /**
   * What is signed: literals and `{body} {timestamp} {id} {method} {path} {url} {header:X} {query:x} {form:x} {field:a.b} {signature:x}
   * {sortedForm} {bodySha256} {bodyCrc32}`; several where it may be any of them. Default `{body}`.
   */
  readonly signed?: string | readonly string[];
  /** Where the signing time stands; refused beyond its tolerance (default 300 s, both ways). */
  readonly timestamp?: TimestampSpec;
  readonly id?: Place;
  /** How secrets are spelled (default: their UTF-8 bytes are the key). */
  readonly key?: KeySpec;
  /** Where the sender names the key it used; secrets are then spelled `name:secret`, parted at the last colon. */
  readonly keyName?: Place;
}

/** Any HMAC over the raw bytes of a request. Several secrets may be valid at once; a mistake in the description is reported by `defineConfig`. */
export function hmac({ algorithm, header, prefix, signed = '{body}', ...rest }: HmacOptions): Verifier {
  return signature({
    name: `hmac-${algorithm}`,
    algorithm: `hmac-${algorithm}`,
    from: `header:${header}`,
    ...prefixed(prefix),
    signed,
    ...rest,
  });
}

function prefixed(prefix: string | undefined): Pick<SignatureSpec, 'shape'> {
  return prefix === undefined ? {} : { shape: { kind: 'prefix', prefix } };
}
