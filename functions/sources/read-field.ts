import type { WebhookEvent } from '../api/handler.ts';
import { lookUp } from '../body/path.ts';
import type { Field } from './source.ts';

export type Found =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed' };

/** The value of a field in an event. `failed`: the source's function threw, or returned a promise. */
export function readField(field: Field, event: WebhookEvent): Found {
  try {
    const value = typeof field === 'function' ? field(event) : atPlace(field, event);
    if (value === undefined || value === null || value === '') return { kind: 'missing' };
    return { kind: 'found', value };
  } catch {
    // What it threw may hold anything, and is the configuration's affair, not the sender's.
    return { kind: 'failed' };
  }
}

function atPlace(field: string, { body, headers }: WebhookEvent): unknown {
  const header = /^header:(.+)$/i.exec(field)?.[1];
  return header === undefined ? lookUp(body, field) : headers[header.trim().toLowerCase()];
}

/** How a refusal names it. */
export function describeField(field: Field, option: string): string {
  return typeof field === 'string' ? field : `${option}()`;
}
