import { isObject, lookUp } from '../body/path.ts';
import { rawWriter, type WriteRaw } from './raw-parts.ts';
import type { Split } from './source.ts';

/** A part of a body, and where it stands in it. */
export interface Part {
  readonly body: unknown;
  /** As it was sent. */
  readonly raw: Uint8Array;
  /** '' for a body that is one event. */
  readonly path: string;
}

interface Received {
  readonly body: unknown;
  readonly raw: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON that the body was parsed from; none of a form. */
  readonly json?: string | undefined;
}

/** More than any provider documents for one body; what it holds must fit into the ten seconds of ingest, or few retries of them. */
export const mostParts = 10_000;

/** The events of a body; undefined where it does not hold a list of 0 to 10,000 objects there. */
export function splitBody(received: Received, split: Split | undefined): readonly Part[] | undefined {
  const { body, raw, headers, json } = received;
  const whole = [{ body, raw, path: '' }];
  if (split === undefined) return whole;
  try {
    const parts =
      typeof split === 'string' ? (split === '.' ? body : lookUp(body, split)) : split(body, headers);
    if (parts === undefined && typeof split === 'function') return whole;
    if (!Array.isArray(parts) || parts.length > mostParts || !parts.every(isObject)) return undefined;
    const path = typeof split === 'string' && split !== '.' ? split : 'events';
    const write: WriteRaw = json === undefined ? JSON.stringify : rawWriter(json, body);
    return parts.map((part, at) => ({ body: part, raw: Buffer.from(write(part)), path: `${path}.${at}` }));
  } catch {
    // A function of the source that threw, or what it made can't be written as JSON.
    return undefined;
  }
}
