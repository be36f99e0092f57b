import { presetConfidence, presetRow } from '../../cli/sending/preset-row.ts';
import type { CatalogEntry } from '../../functions/providers/catalog-entry.ts';
import { catalog } from '../../functions/providers/catalog.ts';

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
  const unsigned = catalog.flatMap(({ facts: { name, unsigned: what } }) =>
    what === undefined ? [] : [`- \`${name}\`: ${what}`],
  );
  const orders = catalog.flatMap(({ facts: { name, version } }) =>
    version === undefined ? [] : [`\`${name}\``],
  );
  return [
    `${catalog.length} presets.`,
    '',
    row(columns),
    row(columns.map(() => '---')),
    ...catalog.map((entry) => row(cellsOf(entry))),
    '',
    '### What makes two events one',
    '',
    'Tested with two happenings as alike as the provider can make them, a retry, and others of the same entity (`functions/providers/*/happenings.ts`). An event that lacks what is named',
    'here has the digest of its bytes for an id, within an hour of the clock.',
    '',
    row(idColumns),
    row(idColumns.map(() => '---')),
    ...catalog.map((entry) => row(idCellsOf(entry))),
    '',
    '### What no signature covers',
    '',
    'Whoever has seen one request could send it again with another value there:',
    '',
    ...unsigned,
    '',
    '### Fields that can order',
    '',
    `\`order: { version: stripe.facts.version }\` supersedes what is older than the last processed event: for events that each carry the whole state, not for those that are all wanted. An event without the field runs when it comes. Off unless you say so: ${orders.join(', ')}.`,
    '',
  ].join('\n');
}

const idColumns = [
  'preset',
  'id',
  'what makes two happenings differ',
  'two may share it',
  'facts of',
  'confidence',
];

function idCellsOf({ facts, happenings: of }: CatalogEntry): readonly string[] {
  const retry = of.retryRunsAgain === true ? 'no; a retry is another event' : 'no';
  const page = of.facts ?? facts.page;
  return [
    `\`${facts.name}\``,
    of.id,
    of.differ,
    of.repeats ?? retry,
    `[${new URL(page).hostname}](${page})`,
    presetConfidence[facts.confidence],
  ];
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
