const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The text at a path from the root of an XML document, `*` standing for any name; undefined where there is none. For reading an id or a
 * kind: it knows neither attributes nor CDATA, and expands no entities but the five that every document has.
 */
export function xmlText(xml: string, path: readonly string[]): string | undefined {
  const open: string[] = [];
  for (const [, tag = '', text = ''] of xml.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (tag.startsWith('?') || tag.startsWith('!') || tag.endsWith('/')) continue;
    if (tag.startsWith('/')) {
      open.pop();
      continue;
    }
    open.push(tag.split(/\s/, 1)[0] ?? '');
    const isThere =
      open.length === path.length && path.every((step, at) => step === '*' || step === open[at]);
    if (isThere)
      return text.trim().replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '');
  }
  return undefined;
}
