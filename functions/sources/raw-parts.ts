import { isObject } from '../body/path.ts';

/** Writes a part of a body as JSON, out of the text that the body was parsed from. */
export type WriteRaw = (part: unknown) => string;

/**
 * An object or list of the body is cut out of its text, character for character. One that was put together anew is written around those it
 * holds; a number in it keeps the digits that it has under the same name in the body.
 */
export function rawWriter(text: string, body: unknown): WriteRaw {
  const places = placesIn(text, body);

  function write(value: unknown, name: string): string {
    const place = isObject(value) ? places.objects.get(value) : undefined;
    if (place !== undefined) return text.slice(...place);
    if (typeof value === 'number') return places.numbers.get(`${name}:${value}`) ?? JSON.stringify(value);
    if (!isObject(value) || typeof value['toJSON'] === 'function') return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((one: unknown) => write(one ?? null, name)).join(',')}]`;
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${write(member, key)}`).join(',')}}`;
  }
  return (part) => write(part, '');
}

interface Places {
  /** Where the text of an object or list begins and ends. */
  readonly objects: ReadonlyMap<object, readonly [from: number, to: number]>;
  /** The text of a number, by the name it stands under and its value. */
  readonly numbers: ReadonlyMap<string, string>;
}

/**
 * Walks through a JSON text beside the value that was parsed from it. Relies on what `parseJson` has checked: that it is JSON, and how deep. Of
 * members that share a name the last one counts, here as there, since it is written over those before it.
 */
function placesIn(text: string, body: unknown): Places {
  const objects = new Map<object, readonly [number, number]>();
  const numbers = new Map<string, string>();
  let at = 0;

  function space(): void {
    while (text.charCodeAt(at) <= 0x20) at++;
  }

  function string(): string {
    const from = at;
    do {
      at = text.indexOf('"', at + 1);
    } while (isEscaped(text, at));
    at++;
    return text.slice(from, at);
  }

  function value(parsed: unknown, name: string): void {
    space();
    const from = at;
    const first = text[at];
    if (first === '"') string();
    else if (first === '{' || first === '[') {
      members(parsed, name, first === '{');
      if (isObject(parsed)) objects.set(parsed, [from, at]);
    } else {
      while (/[^\s,\]}]/.test(text.charAt(at))) at++;
      if (typeof parsed === 'number') numbers.set(`${name}:${parsed}`, text.slice(from, at));
    }
    space();
  }

  function members(parsed: unknown, name: string, isNamed: boolean): void {
    const end = isNamed ? '}' : ']';
    at++;
    space();
    for (let index = 0; text[at] !== end; index++) {
      const key: string = isNamed ? String(JSON.parse(string())) : String(index);
      if (isNamed) {
        space();
        at++;
      }
      const member = isObject(parsed) && Object.hasOwn(parsed, key) ? parsed[key] : undefined;
      value(member, isNamed ? key : name);
      if (text[at] === ',') at++;
      space();
    }
    at++;
  }

  value(body, '');
  return { objects, numbers };
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === '\\') before--;
  return (at - before) % 2 === 0;
}
