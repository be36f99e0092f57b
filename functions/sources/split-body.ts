import { isObject, lookUp } from './path.ts';
import type { Split } from './source.ts';

/** A part of a body, and where it stands in it. */
export interface Part {
  readonly body: unknown;
  readonly raw: Uint8Array;
  /** '' for a body that is one event. */
  readonly path: string;
}

interface Received {
  readonly body: unknown;
  readonly raw: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const mostParts = 1000;

/** The events of a body; undefined where it does not hold a list of 0 to 1,000 objects there. */
export function splitBody(
  { body, raw, headers }: Received,
  split: Split | undefined,
): readonly Part[] | undefined {
  const whole = [{ body, raw, path: '' }];
  if (split === undefined) return whole;
  const parts = partsOf(body, headers, split);
  if (parts === undefined && typeof split === 'function') return whole;
  if (!Array.isArray(parts) || parts.length > mostParts || !parts.every(isObject)) return undefined;
  const path = typeof split === 'string' && split !== '.' ? split : 'events';
  return parts.map((part, index) => ({
    body: part,
    raw: Buffer.from(JSON.stringify(part), 'utf8'),
    path: `${path}.${index}`,
  }));
}

function partsOf(body: unknown, headers: Received['headers'], split: Split): unknown {
  if (typeof split === 'string') return split === '.' ? body : lookUp(body, split);
  try {
    return split(body, headers);
  } catch {
    return 'unreadable';
  }
}
