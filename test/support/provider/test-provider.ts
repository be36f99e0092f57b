import { describe } from 'vitest';
import { catalog } from '../../../functions/providers/catalog.ts';
import { battery } from './battery.ts';
import { happenings } from './happenings.ts';
import { sampleOf } from './signed-samples.ts';
import { takenIn } from './taken-in.ts';

/** What every provider has to show. What one alone can get wrong stands below it in the provider's own test. */
export function testProvider(name: string): void {
  const entry = catalog.find(({ facts }) => facts.name === name);
  if (entry === undefined) throw new Error(`there is no provider ${name}`);
  describe('a signed request', () => battery(entry, sampleOf(name)));
  describe('ids and lanes', () => happenings(entry));
  describe('through ingest', () => takenIn(name, sampleOf(name)));
}
