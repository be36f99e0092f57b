/**
 * How signatures are written where they stand:
 * - `bare`: the signature and nothing else
 * - `prefix`: after a fixed text, `sha256=…`
 * - `list`: `key=value` items, signatures under `signature`; keys may repeat, unknown ones are ignored: `t=…,v1=…,v1=…`
 * - `words`: items of which those with the prefix are signatures: `v1,… v1,… v1a,…`
 * - `first`: one named value, then signatures: `1700000000000,…,…`
 * - `pairs`: a name and a signature each; only pairs of `name` count, which is a key's name: `public|…&public|…`
 */
export type Shape =
  | { readonly kind: 'bare' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | {
      readonly kind: 'list';
      readonly separator: ',' | ';';
      readonly signature: string;
      /** An item without a key is a signature too. */
      readonly mayBeBare?: boolean;
    }
  | { readonly kind: 'words'; readonly separator: ' '; readonly prefix: string }
  | { readonly kind: 'first'; readonly separator: ','; readonly name: string }
  | { readonly kind: 'pairs'; readonly separator: '&'; readonly between: '|' };

/** One written signature; `keyName` says which key it belongs to, where the sender says so. */
export interface Written {
  readonly text: string;
  readonly keyName?: string;
}

export interface Parts {
  readonly signatures: readonly Written[];
  /** What else the text names, such as the `t` of a list. */
  readonly named: Readonly<Record<string, string>>;
}

/** Longer than any real signature header; keeps a hostile one from costing time. */
const longestText = 8192;

/** Undefined: not of this shape. A named part that comes twice is refused, since it is unclear which one was signed. */
export function readShape(text: string, shape: Shape): Parts | undefined {
  if (text.length > longestText) return undefined;
  switch (shape.kind) {
    case 'bare':
      return signatures([text]);
    case 'prefix':
      return text.startsWith(shape.prefix) ? signatures([text.slice(shape.prefix.length)]) : undefined;
    case 'list':
      // A comma joins headers that came twice: it is unclear which one was meant.
      if (shape.separator === ';' && text.includes(',')) return undefined;
      return readList(text.split(shape.separator), shape);
    case 'words':
      return signatures(
        text
          .split(shape.separator)
          .filter((word) => word.startsWith(shape.prefix))
          .map((word) => word.slice(shape.prefix.length)),
      );
    case 'first': {
      const [first = '', ...rest] = text.split(shape.separator);
      return { ...signatures(rest), named: { [shape.name]: first } };
    }
    case 'pairs':
      return readPairs(text.split(shape.separator), shape.between);
  }
}

function signatures(texts: readonly string[]): Parts {
  return { signatures: texts.map((text) => ({ text })), named: {} };
}

function readList(
  items: readonly string[],
  { signature, mayBeBare = false }: Extract<Shape, { kind: 'list' }>,
): Parts | undefined {
  const found: string[] = [];
  const named = new Map<string, string>();
  for (const item of items) {
    const equals = item.indexOf('=');
    if (equals < 0 && mayBeBare) found.push(item.trim());
    if (equals < 0) continue;
    const key = item.slice(0, equals).trim();
    const value = item.slice(equals + 1).trim();
    if (key === signature) found.push(value);
    else if (named.has(key)) return undefined;
    else named.set(key, value);
  }
  return { ...signatures(found), named: Object.fromEntries(named) };
}

function readPairs(items: readonly string[], between: string): Parts {
  const pairs = items.flatMap((item) => {
    const at = item.indexOf(between);
    return at < 0 ? [] : [{ keyName: item.slice(0, at), text: item.slice(at + between.length) }];
  });
  return { signatures: pairs, named: {} };
}
