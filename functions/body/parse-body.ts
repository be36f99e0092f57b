import { boundaryOf, parseMultipart } from './multipart.ts';
import { isObject, isText } from './path.ts';

/**
 * How a body is read: JSON (`json`), a form (`form`), JSON inside a form field (`form:payload`), JSON whatever the content type says
 * (`json-as-text`), a list of JSON values, one a line (`ndjson`), XML (`xml`), of which the body is `{ xml }`,
 * its text, or none at all (`empty`: the body is `{}`), where all that is said stands in the headers.
 */
export type BodyFormat = 'json' | 'json-as-text' | 'ndjson' | 'xml' | 'empty' | 'form' | `form:${string}`;

/** Why a body cannot be read. */
export type BodyCause =
  | 'unsupported-media-type'
  | 'empty-body'
  | 'invalid-utf8'
  | 'invalid-json'
  | 'body-too-deep'
  | 'invalid-body';

export type ParsedBody =
  /** `json`: the text that the body was parsed from; none of a form and of XML. */
  | { readonly kind: 'parsed'; readonly body: unknown; readonly json?: string }
  | { readonly kind: 'refused'; readonly cause: BodyCause };

/** Deeper than any real event, and shallow enough that code can walk a body by recursion. */
const deepest = 100;

/** Parses raw bytes as one of the source's formats, chosen by content type. Never throws. */
export function parseBody(
  raw: Uint8Array,
  contentType: string | undefined,
  formats: readonly BodyFormat[],
): ParsedBody {
  if (raw.byteLength === 0 && formats.includes('empty')) return { kind: 'parsed', body: {} };
  const usable = formatsFor(contentType, formats);
  if (usable.length === 0) return refused('unsupported-media-type');
  if (raw.byteLength === 0) return refused('empty-body');
  if (usable.includes('xml')) return parseXml(raw);
  if (usable.some((one) => one.startsWith('form'))) return parseFormBody(raw, contentType, usable);
  const json: ParsedBody = usable[0] === 'ndjson' ? refused('invalid-json') : parseJson(raw);
  const isLines = json.kind === 'refused' && json.cause === 'invalid-json' && usable.includes('ndjson');
  return isLines ? parseLines(raw) : json;
}

/** JSON in the first field that a format names, else the form itself. */
function parseFormBody(
  raw: Uint8Array,
  contentType: string | undefined,
  formats: readonly BodyFormat[],
): ParsedBody {
  const fields = formFieldsOf(raw, contentType);
  if (fields === undefined) return refused('invalid-body');
  const names = formats.map((format) => format.slice('form:'.length));
  const json = fields.find(([name]) => name !== '' && names.includes(name))?.[1];
  if (json !== undefined) return parseJson(Buffer.from(json, 'utf8'));
  return formats.includes('form') ? { kind: 'parsed', body: formObject(fields) } : refused('invalid-body');
}

/** The body is `{ xml }`, its text. A preset reads single elements with `xmlText`. */
function parseXml(raw: Uint8Array): ParsedBody {
  const xml = decodeUtf8(raw);
  return xml === undefined ? refused('invalid-utf8') : { kind: 'parsed', body: { xml } };
}

/** One JSON value a line, blank lines left out, as the list of them. */
function parseLines(raw: Uint8Array): ParsedBody {
  const lines = (decodeUtf8(raw) ?? '').split('\n').filter((line) => line.trim() !== '');
  const body: unknown[] = [];
  for (const line of lines) {
    const parsed = parseJson(Buffer.from(line));
    if (parsed.kind === 'refused') return parsed;
    body.push(parsed.body);
  }
  return { kind: 'parsed', body, json: `[${lines.join()}]` };
}

const jsonTypes = /^$|^(application|text)\/(x-)?json$|^application\/[\w.+-]+\+json$/;
const lineTypes = /^(application|text)\/(x-)?(ndjson|jsonl|json-?lines|json-seq)$/;
const xmlTypes = /^(application|text)\/(xml|[\w.+-]+\+xml)$/;

/**
 * A body without a content type is taken for JSON. A header that came twice is joined by a comma. JSON has no character set but UTF-8 (RFC 8259): one
 * that shares ASCII with it is often declared and never used, one that does not is refused.
 */
function formatsFor(contentType: string | undefined, formats: readonly BodyFormat[]): readonly BodyFormat[] {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(/[;,]/);
  const charset = parameters.find((one) => one.trim().startsWith('charset='))?.split('=')[1];
  if (/^\s*["']?(utf-?(16|32)|ucs)/.test(charset ?? '')) return [];

  const media = type.trim();
  if (media === 'application/x-www-form-urlencoded' || media === 'multipart/form-data')
    return formats.filter((one) => one.startsWith('form'));
  if (jsonTypes.test(media)) {
    return formats.filter((one) => one.startsWith('json') || one === 'ndjson');
  }
  if (lineTypes.test(media)) return formats.filter((one) => one === 'ndjson');
  if (xmlTypes.test(media)) return formats.filter((one) => one === 'xml');
  return formats.filter((one) => one === 'json-as-text');
}

/**
 * Strict UTF-8, a byte order mark ignored (RFC 8259 forbids to send one and allows to ignore it), at most 100 levels deep. Keys that could reach a prototype are
 * dropped from the parsed body, not refused: whoever may name a key at the provider, in a metadata field say, could otherwise have
 * the event refused until the provider gives up on us. The raw bytes keep them.
 */
export function parseJson(raw: Uint8Array): ParsedBody {
  const text = decodeUtf8(raw);
  if (text === undefined) return refused('invalid-utf8');
  if (isTooDeep(raw)) return refused('body-too-deep');
  try {
    const body: unknown = JSON.parse(text);
    if (/__proto__|\\u00|constructor/i.test(text)) dropPrototypeKeys(body);
    return { kind: 'parsed', body, json: text };
  } catch {
    return refused('invalid-json');
  }
}

/** The same, undefined for what is no JSON. */
export function parsedJson(raw: Uint8Array): unknown {
  const parsed = parseJson(raw);
  return parsed.kind === 'parsed' ? parsed.body : undefined;
}

function decodeUtf8(raw: Uint8Array, ignoreBOM = false): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(raw);
  } catch {
    return undefined;
  }
}

const [quote, backslash, openArray, openObject, closeArray, closeObject] = Buffer.from('"\\[{]}');

/** Counts brackets outside strings, so that no depth costs a stack. UTF-8 has no such bytes inside other characters. */
function isTooDeep(raw: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openArray || byte === openObject) {
      if (++depth > deepest) return true;
    } else if (byte === closeArray || byte === closeObject) depth--;
  }
  return false;
}

function dropPrototypeKeys(value: unknown): void {
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const reachesPrototype =
      key === '__proto__' || (key === 'constructor' && isObject(inner) && Object.hasOwn(inner, 'prototype'));
    if (reachesPrototype) Reflect.deleteProperty(value, key);
    else dropPrototypeKeys(inner);
  }
}

/** The fields of a form body, urlencoded or multipart, in their order; undefined where it is none. */
export function formFieldsOf(
  raw: Uint8Array,
  contentType: string | undefined,
): readonly (readonly [string, string])[] | undefined {
  const boundary = boundaryOf(contentType);
  return boundary === undefined ? parseForm(raw) : parseMultipart(raw, boundary);
}

const mostFields = 1000;

/** Names and values of a urlencoded form or a query, in their order; undefined where it is none. */
export function parseForm(raw: Uint8Array): readonly (readonly [string, string])[] | undefined {
  // A mark before a form is part of its first name, as it is of what a sender signs of it.
  const text = decodeUtf8(raw, true);
  if (text === undefined) return undefined;
  const fields = text.split('&').filter((field) => field !== '');
  if (fields.length > mostFields) return undefined;
  try {
    return fields.map((field) => {
      const equals = field.indexOf('=');
      return equals < 0
        ? [decode(field), '']
        : [decode(field.slice(0, equals)), decode(field.slice(equals + 1))];
    });
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** A name that comes several times becomes a list. */
function formObject(
  fields: readonly (readonly [string, string])[],
): Readonly<Record<string, string | string[]>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    if (name !== '__proto__') values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 && isText(all[0]) ? all[0] : all]),
  );
}

function refused<Cause>(cause: Cause): { readonly kind: 'refused'; readonly cause: Cause } {
  return { kind: 'refused', cause };
}
