/**
 * The value at a dotted path of a parsed body (`data.object.id`, `items.0.id`), or undefined. Own properties only: `constructor`
 * and its kind are nothing a sender sent.
 */
export function lookUp(body: unknown, path: string): unknown {
  let value = body;
  for (const step of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
