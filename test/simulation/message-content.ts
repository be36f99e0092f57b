/** What a message says, to whoever looks into the queues from outside. */
export type Content =
  | { readonly kind: 'lane'; readonly event: string; readonly generation: number }
  | { readonly kind: 'letter'; readonly event: string; readonly entry: number; readonly copy: string }
  | { readonly kind: 'junk'; readonly body: string };

const read = new Map<string, Content>();

export function readContent(body: string): Content {
  const known = read.get(body);
  if (known) return known;
  if (read.size > 5000) read.clear();
  const content = parse(body);
  read.set(body, content);
  return content;
}

function parse(body: string): Content {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'junk', body };
  }
  const field = (name: string): unknown =>
    typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
  const [event, generation, deadLetter, entry, copy] = [
    field('event'),
    field('generation'),
    field('deadLetter'),
    field('entry'),
    field('copy'),
  ];
  if (isKey(event) && typeof generation === 'number') return { kind: 'lane', event, generation };
  if (isKey(deadLetter) && typeof entry === 'number' && entry > 0 && typeof copy === 'string') {
    return { kind: 'letter', event: deadLetter, entry, copy };
  }
  return { kind: 'junk', body };
}

const isKey = (value: unknown): value is string => typeof value === 'string' && /^[^#]+#./.test(value);

export const eventOf = (content: Content): string | undefined =>
  content.kind === 'junk' ? undefined : content.event;

/** A few words for a history that is told. */
export function told(content: Content): string {
  if (content.kind === 'lane') return `${content.event}, generation ${content.generation}`;
  if (content.kind === 'letter') return `letter of ${content.event}, entry ${content.entry}, ${content.copy}`;
  return `junk ${content.body}`;
}
