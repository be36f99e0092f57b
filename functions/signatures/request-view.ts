import { formFieldsOf, parsedJson, parseForm } from '../body/parse-body.ts';
import { isText, lookUp } from '../body/path.ts';
import type { VerifiableRequest } from './verifiable-request.ts';

/** What a verifier may need to read of a request; body, form and query are parsed once, and only when asked for. */
export interface RequestView {
  readonly request: VerifiableRequest;
  header(name: string): string | undefined;
  /** A text or whole number at a path of the JSON body. */
  field(path: string): string | undefined;
  form(name: string): string | undefined;
  /** The same of the JSON inside a form field: the first step of the path is the field's name. */
  formField(path: string): string | undefined;
  query(name: string): string | undefined;
  /** Every field of a form body, in its order; undefined where the body is no form. */
  formFields(): readonly (readonly [string, string])[] | undefined;
}

export function viewOf(request: VerifiableRequest): RequestView {
  const json = once(() => parsedJson(request.body));
  const form = once(() => formFieldsOf(request.body, request.headers['content-type']));
  const query = once(() => parseForm(Buffer.from(request.rawQuery)));

  return {
    request,
    header: (name) => request.headers[name.toLowerCase()],
    field: (path) => asText(lookUp(json(), path)),
    form: (name) => only(form(), name),
    formField: (path) => {
      const dot = path.indexOf('.');
      const json = only(form(), path.slice(0, Math.max(dot, 0)));
      return json && asText(lookUp(parsedJson(Buffer.from(json)), path.slice(dot + 1)));
    },
    query: (name) => only(query(), name),
    formFields: form,
  };
}

/** A field that comes twice counts as missing: which of the two was meant would be a guess. */
function only(fields: readonly (readonly [string, string])[] | undefined, name: string): string | undefined {
  const [found, ...others] = fields?.filter(([key]) => key === name) ?? [];
  return others.length === 0 ? found?.[1] : undefined;
}

function asText(value: unknown): string | undefined {
  if (isText(value)) return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
