import { describe, expect, it } from 'vitest';
import { canBeKept, isPairingOpen } from '../../../functions/secrets/pairing.ts';

const now = new Date('2026-11-24T10:00:00Z');

describe('pairing', () => {
  it.each([
    'pairing:2026-11-24T10:00:01Z',
    'pairing:2026-11-25T10:00:00Z',
    'pairing:2026-11-24T12:00:00+01:00',
  ])('is open while the list holds %s and nothing else', (entry) => {
    expect(isPairingOpen([entry], now)).toBe(true);
  });

  it.each([
    ['its time is over', ['pairing:2026-11-24T10:00:00Z']],
    ['its time is more than a day ahead', ['pairing:2026-11-25T10:00:01Z']],
    ['its time has no zone', ['pairing:2026-11-24T10:30:00']],
    ['its time is none', ['pairing:soon']],
    ['it has no time', ['pairing:']],
    ['the list is empty', []],
    ['the list holds a secret', ['a-secret-of-the-sender']],
    ['the list holds a secret beside it', ['pairing:2026-11-24T10:30:00Z', 'a-secret-of-the-sender']],
    ['the list holds a secret before it', ['a-secret-of-the-sender', 'pairing:2026-11-24T10:30:00Z']],
    ['the list holds it twice', ['pairing:2026-11-24T10:30:00Z', 'pairing:2026-11-24T10:30:00Z']],
    ['the word before it is another', ['Pairing:2026-11-24T10:30:00Z']],
  ])('is not open where %s', (_, list) => {
    expect(isPairingOpen(list, now)).toBe(false);
  });
});

describe('a handed-over secret', () => {
  it.each(['secret_' + 'a'.repeat(43), 'b537207f20cbfa02357cf448134da559', '~'.repeat(16), '!'.repeat(1024)])(
    'can be kept: %s',
    (text) => {
      expect(canBeKept(text)).toBe(true);
    },
  );

  it.each([
    'a'.repeat(15),
    'a'.repeat(1025),
    'pairing:2026-11-24T10:30:00Z',
    'handshake:a-token-of-the-sender',
    'with white space in it',
    'line-break-at-the-end\n',
    'not-only-ASCII-äöüäöü',
    '',
  ])('cannot be kept: %j', (text) => {
    expect(canBeKept(text)).toBe(false);
  });
});
