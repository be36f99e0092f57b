import type { PresetFacts } from './preset.ts';
import type { Sample } from './sample.ts';
import type { Source } from '../sources/source.ts';

export interface CatalogEntry {
  readonly facts: PresetFacts;
  /** As a user would configure it. */
  readonly source: Source;
  /** None where only the provider itself can sign. */
  readonly sample?: Sample;
}

export const withSample = (facts: PresetFacts, sample: Sample): CatalogEntry => ({
  facts,
  source: sample.source,
  sample,
});
