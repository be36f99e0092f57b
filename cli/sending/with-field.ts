import { isObject } from '../../functions/body/path.ts';
import type { Field } from '../../functions/sources/source.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';

/** The request with another value where a field is read from; undefined where that is no single place that can be written. */
export function withField(
  request: VerifiableRequest,
  field: Field | undefined,
  value: string,
): VerifiableRequest | undefined {
  if (typeof field !== 'string') return undefined;
  const header = /^header:(.+)$/.exec(field)?.[1];
  if (header !== undefined) {
    return { ...request, headers: { ...request.headers, [header.toLowerCase()]: value } };
  }
  const body = parsed(request.body);
  const written = body === undefined ? undefined : withPath(body, field.split('.'), value);
  return written === undefined ? undefined : { ...request, body: Buffer.from(JSON.stringify(written)) };
}

function withPath(body: unknown, [step, ...rest]: readonly string[], value: string): unknown {
  if (step === undefined) return value;
  if (!isObject(body) || !Object.hasOwn(body, step)) return undefined;
  const inner = withPath(body[step], rest, value);
  if (inner === undefined) return undefined;
  return Array.isArray(body)
    ? body.map((one: unknown, at) => (String(at) === step ? inner : one))
    : { ...body, [step]: inner };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
