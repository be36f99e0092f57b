import type { CatalogEntry } from '../../functions/providers/catalog-entry.ts';
import { catalog } from '../../functions/providers/catalog.ts';

/** How sure a preset's signature is. */
export const presetConfidence = {
  library: "the provider's own library",
  vector: "the provider's own vector",
  documentation: 'the documented formula',
  'second-hand': 'second-hand facts',
} as const;

/** One line of what is known about a preset: for the command line and for `docs/sources.md`. */
export function presetRow({ facts, source, sample }: CatalogEntry) {
  const handshakes = (source.handshakes ?? []).map(({ name }) => name);
  return {
    preset: facts.name,
    'tested against': presetConfidence[facts.confidence],
    handshake: handshakes.length === 0 ? '–' : [...new Set(handshakes)].join(', '),
    splits: source.split === undefined ? '–' : 'yes',
    sample: sample === undefined ? '–' : 'yes',
  };
}

/** The presets as a table of text. */
export function listSources(): string {
  const rows = catalog.map(presetRow);
  const columns = ['preset', 'tested against', 'handshake', 'splits', 'sample'] as const;
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = [line(columns), ...rows.map((row) => line(columns.map((column) => row[column])))];
  return `${lines.join('\n')}\n\n${rows.length} presets\n`;
}
