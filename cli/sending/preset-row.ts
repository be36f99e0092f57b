import type { CatalogEntry } from '../../functions/providers/catalog-entry.ts';

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
