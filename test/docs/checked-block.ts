import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The Mermaid drawing, or the text, between `<!-- NAME … -->` and `<!-- /NAME -->` of a document. With UPDATE_DOCS=1 it is replaced by `drawing` first.
 * Throws where the document has no such block.
 */
export function checkedBlock(file: string, name: string, drawing: string): string {
  const block = new RegExp(
    `(<!-- ${name}\\b[^]*?-->\\n(?:\`\`\`mermaid\\n)?)([^]*?)((?:\`\`\`\\n)?<!-- /${name} -->)`,
  );
  const text = readFileSync(file, 'utf8');
  if (!block.test(text)) throw new Error(`${file} has no block ${name}`);
  if (process.env.UPDATE_DOCS === '1') {
    writeFileSync(
      file,
      text.replace(block, (_, before: string, _old, after: string) => before + drawing + after),
    );
  }
  return block.exec(readFileSync(file, 'utf8'))?.[2] ?? '';
}
