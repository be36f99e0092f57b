import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { textsAt } from './place.ts';
import { decoded, publicUrlOf, withoutPort, withPort } from './public-url.ts';
import type { RequestView } from './request-view.ts';

/** What a template may draw on. */
export interface SignedContext {
  readonly view: RequestView;
  readonly parts: Readonly<Record<string, string>>;
  /** As sent. */
  readonly timestamp: string | undefined;
  readonly id: string | undefined;
  readonly secret: string;
}

type Piece = (context: SignedContext) => Uint8Array | undefined;

export interface Template {
  /** The signed bytes as pieces, the body among them as it came; undefined where something the template needs is missing. */
  pieces(context: SignedContext): readonly Uint8Array[] | undefined;
  uses(placeholder: string): boolean;
  /** Empty, or why the template can never be right. */
  readonly problems: readonly string[];
}

const plain: Readonly<Record<string, Piece>> = {
  body: ({ view }) => view.request.body,
  bodySha256: ({ view }) => text(createHash('sha256').update(view.request.body).digest('hex')),
  /** Unsigned decimal, as PayPal writes it. */
  bodyCrc32: ({ view }) => text(String(crc32(view.request.body))),
  timestamp: ({ timestamp }) => text(timestamp),
  id: ({ id }) => text(id),
  method: ({ view }) => text(view.request.method),
  path: ({ view }) => text(view.request.path),
  url: ({ view }) => text(publicUrlOf(view.request)),
  urlWithPort: ({ view }) => text(withPort(publicUrlOf(view.request))),
  urlWithoutPort: ({ view }) => text(withoutPort(publicUrlOf(view.request))),
  /** HubSpot's reading of a URL: some of its escapes are undone. */
  urlDecoded: ({ view }) => text(decoded(publicUrlOf(view.request))),
  secret: ({ secret }) => text(secret),
  /** The body with all that is not ASCII as `\uXXXX`: what Meta signs of some bodies. */
  bodyEscaped: ({ view }) => Buffer.from(escaped(view.request.body, /[^\0-\x7f]/g)),
  /** The same as Box does it: DEL is not ASCII, and a slash is `\/`. */
  bodyEscapedSlashes: ({ view }) =>
    Buffer.from(escaped(view.request.body, /[^\0-\x7e]/g).replace(/(?<!\\)\//g, '\\/')),
  /** Of every UTF-16 unit of the body its low byte: what Trello signs. */
  bodyLowBytes: ({ view }) => Buffer.from(Buffer.from(view.request.body).toString('utf8'), 'latin1'),
  /** Every form field as name and value, sorted, a pair that comes twice once: what Twilio and Mandrill append to the URL. */
  sortedForm: ({ view }) => sortedForm(view.formFields()),
};

/** With one of these the source must have a `publicUrl`. */
export const urlPlaceholders = ['url', 'urlWithPort', 'urlWithoutPort', 'urlDecoded'] as const;

const placeholders = /\{([^{}]*)\}/;

/** Parsed once: literals, and placeholders in braces: those above, or a place such as `{header:X}` and `{field:a.b}`. */
export function parseTemplate(template: string): Template {
  const parts = template.split(placeholders);
  const named = parts.filter((_, index) => index % 2 === 1);
  const pieces = parts.map((part, index) => (index % 2 === 1 ? pieceFor(part) : literal(part)));
  const unknown = named.filter((name) => pieceFor(name) === undefined);
  const strayBrace = parts.some((part) => /[{}]/.test(part));

  return {
    problems: [
      ...unknown.map((name) => `the signed template has an unknown placeholder {${name}}`),
      ...(strayBrace ? ['the signed template has a brace without its partner'] : []),
      ...(named.some((name) => name !== 'secret')
        ? []
        : ['the signed template takes nothing from the request']),
    ],
    uses: (placeholder) => named.includes(placeholder),
    pieces(context) {
      const filled: Uint8Array[] = [];
      for (const piece of pieces) {
        const bytes = piece?.(context);
        if (bytes === undefined) return undefined;
        filled.push(bytes);
      }
      return filled;
    },
  };
}

function pieceFor(name: string): Piece | undefined {
  if (Object.hasOwn(plain, name)) return plain[name];
  if (!/^(header|field|form|form-field|query|signature):./.test(name)) return undefined;
  return ({ view, parts }) => text(textsAt(name, view, parts)[0]);
}

function literal(part: string): Piece {
  const bytes = Buffer.from(part);
  return () => bytes;
}

function text(value: string | undefined): Buffer | undefined {
  return value ? Buffer.from(value) : undefined;
}

function sortedForm(fields: readonly (readonly [string, string])[] | undefined): Buffer | undefined {
  if (fields === undefined) return undefined;
  const sorted = fields.toSorted((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  const once = sorted.filter(
    ([name, value], at) => name !== sorted[at - 1]?.[0] || value !== sorted[at - 1]?.[1],
  );
  return Buffer.from(once.map(([name, value]) => name + value).join(''));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function escaped(body: Uint8Array, others: RegExp): string {
  return Buffer.from(body)
    .toString('utf8')
    .replace(others, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
