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

type Found = string | undefined;
type Parts = Readonly<Record<string, string>>;
type Read = (view: RequestView, name: string, parts: Parts) => Found | readonly Found[];

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['header:', (view, name) => view.header(name)],
  ['headers:', (view, name) => numberedHeaders(name.toLowerCase(), view)],
  ['field:', (view, name) => view.field(name)],
  ['form:', (view, name) => view.form(name)],
  ['form-field:', (view, name) => view.formField(name)],
  ['query:', (view, name) => view.query(name)],
  ['signature:', (_, name, parts) => (Object.hasOwn(parts, name) ? parts[name] : undefined)],
]);

/** What is wrong with it, or undefined. */
export function placeProblem(text: string): string | undefined {
  const [kind, name] = split(text);
  return readers.has(kind) && name !== ''
    ? undefined
    : `"${text}" is no place: use ${[...readers.keys()].join(', ')} and a name`;
}

/** Every text at a place; empty where there is none. `parts` are the named parts of the signature. */
export function textsAt(from: string, view: RequestView, parts: Parts = {}): readonly string[] {
  const [kind, name] = split(from);
  return [readers.get(kind)?.(view, name, parts)].flat().flatMap((text) => (text ? [text] : []));
}

/** The kind with its colon, and the name behind it. */
function split(text: string): readonly [kind: string, name: string] {
  const behind = text.indexOf(':') + 1;
  return [text.slice(0, behind), text.slice(behind)];
}

const mostNumberedHeaders = 100;

function numberedHeaders(prefix: string, view: RequestView): readonly string[] {
  return Object.entries(view.request.headers)
    .filter(([name]) => name.startsWith(prefix) && /^\d{1,3}$/.test(name.slice(prefix.length)))
    .map(([, value]) => value)
    .slice(0, mostNumberedHeaders);
}
