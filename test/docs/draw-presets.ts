import { presetRow, sortedCatalog } from '../../cli/sources.ts';
import type { CatalogEntry } from '../../functions/sources/catalog/entry.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const columns = [
  'preset',
  'verified by',
  'secret',
  'tested against',
  'answer within',
  'handshakes',
  'splits',
];

/** The presets as a table and, below it, what of each no signature covers. */
export function drawPresets(): string {
  const entries = sortedCatalog();
  const unsigned = entries.flatMap(({ facts: { name, unsigned: what } }) =>
    what === undefined ? [] : [`- \`${name}\`: ${what}`],
  );
  const orders = entries.flatMap(({ facts: { name, version } }) =>
    version === undefined ? [] : [`\`${name}\``],
  );
  return [
    `${entries.length} presets.`,
    '',
    row(columns),
    row(columns.map(() => '---')),
    ...entries.map((entry) => row(cellsOf(entry))),
    '',
    '### What no signature covers',
    '',
    'Whoever has seen one request could send it again with another value there:',
    '',
    ...unsigned,
    '',
    '### Fields that can order',
    '',
    `\`order: { version: stripe.facts.version }\` supersedes what is older than the last processed event; off unless you say so: ${orders.join(', ')}.`,
    '',
  ].join('\n');
}

function cellsOf(entry: CatalogEntry): readonly string[] {
  const { facts, source } = entry;
  const known = presetRow(entry);
  return [
    `[\`${facts.name}\`](${facts.page})`,
    source.verify.name,
    facts.secret,
    known['tested against'],
    facts.acknowledgeWithinSeconds === undefined ? '–' : `${facts.acknowledgeWithinSeconds} s`,
    known.handshake,
    known.splits,
  ];
}
