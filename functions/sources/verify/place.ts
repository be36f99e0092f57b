import type { RequestView } from './request-view.ts';

/**
 * Where a verifier finds a text: a header, a path of the JSON body, a form field, a path of the JSON in a form field
 * (`form-field:payload.id`), a query parameter, or one of the named parts of the signature itself (`signature:t` of `t=…,v1=…`).
 * `headers:X-Signature-` stands for all of `X-Signature-1`, `-2`, …
 */
export type Place =
  | `header:${string}`
  | `headers:${string}`
  | `field:${string}`
  | `form:${string}`
  | `form-field:${string}.${string}`
  | `query:${string}`
  | `signature:${string}`;

const place = /^(header|headers|field|form|form-field|query|signature):(.+)$/;

/** What is wrong with it, or undefined. */
export function placeProblem(text: string): string | undefined {
  return place.test(text)
    ? undefined
    : `"${text}" is no place: use header:, headers:, field:, form:, form-field:, query: or signature: and a name`;
}

/** Every text at a place; empty where there is none. `parts` are the named parts of the signature. */
export function textsAt(
  from: string,
  view: RequestView,
  parts: Readonly<Record<string, string>> = {},
): readonly string[] {
  const [, kind, name] = place.exec(from) ?? [];
  if (kind === undefined || name === undefined) return [];
  if (kind === 'headers') return numberedHeaders(name.toLowerCase(), view);
  const text = textAt(kind, name, view, parts);
  return text === undefined || text === '' ? [] : [text];
}

function textAt(
  kind: string,
  name: string,
  view: RequestView,
  parts: Readonly<Record<string, string>>,
): string | undefined {
  switch (kind) {
    case 'header':
      return view.header(name);
    case 'field':
      return view.field(name);
    case 'form':
      return view.form(name);
    case 'form-field':
      return view.formField(name);
    case 'query':
      return view.query(name);
    case 'signature':
      return Object.hasOwn(parts, name) ? parts[name] : undefined;
    default:
      return undefined;
  }
}

const mostNumberedHeaders = 100;

function numberedHeaders(prefix: string, view: RequestView): readonly string[] {
  return Object.entries(view.request.headers)
    .filter(([name]) => name.startsWith(prefix) && /^\d{1,3}$/.test(name.slice(prefix.length)))
    .map(([, value]) => value)
    .slice(0, mostNumberedHeaders);
}
