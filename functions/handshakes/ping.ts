import type { Handshake } from './handshake.ts';
import type { Answer } from '../api/answer.ts';
import { textsAt, type Place } from '../signatures/place.ts';

/** A signed request that only tries the address: acknowledged, not stored as an event. */
export function ping(
  name: string,
  when: Partial<Readonly<Record<Place, string>>>,
  answer: Answer = { status: 200 },
): Handshake {
  return {
    name,
    method: 'POST',
    isSigned: true,
    respond(view) {
      const applies = Object.entries(when).every(([place, text]) => textsAt(place, view)[0] === text);
      return applies ? { kind: 'answer', answer } : undefined;
    },
  };
}
