import { normaliseVersion } from '../lane/version.ts';
import type { IncomingEvent } from './incoming-event.ts';
import { readField, type Found } from './read-field.ts';
import type { Field, Source } from './source.ts';

interface OrderProblem {
  readonly kind: 'problem';
  readonly option: string;
  readonly field: Field;
  readonly message: string;
}

interface ReadOrder extends Pick<IncomingEvent, 'order'> {
  readonly lacksVersion: boolean;
}

/** A number of a sequence is needed: without it no event after this one could be told from a gap. A version is not. */
export function readOrder({ order }: Source, event: IncomingEvent): ReadOrder | OrderProblem {
  const { sequence: sequenceField, version: versionField } = order ?? {};
  const sequence = sequenceField === undefined ? undefined : asSequence(readField(sequenceField, event));
  if (sequenceField !== undefined && sequence === undefined) {
    return problem('order.sequence', sequenceField, 'must be a whole number from 0');
  }
  const version = versionField === undefined ? undefined : asVersion(readField(versionField, event));
  const lacksVersion = versionField !== undefined && version === undefined;
  if (sequence === undefined && version === undefined) return { lacksVersion };
  return {
    order: { ...(sequence === undefined ? {} : { sequence }), ...(version === undefined ? {} : { version }) },
    lacksVersion,
  };
}

function problem(option: string, field: Field, message: string): OrderProblem {
  return { kind: 'problem', option, field, message };
}

function asSequence(found: Found): number | undefined {
  if (found.kind !== 'found') return undefined;
  const { value } = found;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function asVersion(found: Found): string | undefined {
  return found.kind === 'found' ? normaliseVersion(found.value) : undefined;
}
