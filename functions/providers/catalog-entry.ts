import type { Happenings } from './happenings.ts';
import type { PresetFacts } from './preset.ts';
import type { Sample } from './sample.ts';
import type { Source } from '../sources/source.ts';

export interface CatalogEntry {
  readonly facts: PresetFacts;
  readonly happenings: Happenings;
  /** As a user would configure it. */
  readonly source: Source;
  /** None where only the provider itself can sign. */
  readonly sample?: Sample;
}

export const withSample = (facts: PresetFacts, happenings: Happenings, sample: Sample): CatalogEntry => ({
  facts,
  happenings,
  source: sample.source,
  sample,
});
