/** What stands in the place of a value that is not shown. */
const redacted = '[redacted]';

/** A copy of a parsed body without what the paths name. `*` is any field, or every item of a list. */
export const redact = (body: unknown, paths: readonly string[]): unknown =>
  paths.reduce((rest, path) => without(rest, path.split('.')), body);

function without(value: unknown, [name, ...below]: readonly string[]): unknown {
  if (name === undefined) return redacted;
  if (Array.isArray(value)) {
    return value.map((item: unknown, n) => (isNamed(String(n), name) ? without(item, below) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]: [string, unknown]) => [
      key,
      isNamed(key, name) ? without(field, below) : field,
    ]),
  );
}

const isNamed = (key: string, name: string): boolean => name === '*' || name === key;
