import { expect, it } from 'vitest';
import { findOperation } from '../../../functions/ops/find-operation.ts';

it.each([
  ['GET', '/health', { kind: 'health' }],
  ['GET', '/ops/attention', { kind: 'attention' }],
  ['GET', '/ops/events/acme/e1', { kind: 'read-event', lookups: [{ view: 'event', key: 'acme#e1' }] }],
  [
    'POST',
    '/ops/events/acme/e1/redrive',
    { kind: 'act', action: 'redrive', event: { source: 'acme', ids: ['e1'] } },
  ],
  [
    'POST',
    '/ops/events/acme/a/b/replay',
    { kind: 'act', action: 'replay', event: { source: 'acme', ids: ['a/b'] } },
  ],
  // As a gateway hands it over that does not decode.
  [
    'POST',
    '/ops/events/acme/a%2Fb/discard',
    { kind: 'act', action: 'discard', event: { source: 'acme', ids: ['a%2Fb', 'a/b'] } },
  ],
  [
    'POST',
    '/ops/events/acme/100%/resolve',
    { kind: 'act', action: 'resolve', event: { source: 'acme', ids: ['100%'] } },
  ],
  // The last part is the action, whatever the id holds.
  [
    'POST',
    '/ops/events/acme/a/redrive/discard',
    { kind: 'act', action: 'discard', event: { source: 'acme', ids: ['a/redrive'] } },
  ],
  // Read, an action's name is part of an id.
  [
    'GET',
    '/ops/events/acme/e1/redrive',
    { kind: 'read-event', lookups: [{ view: 'event', key: 'acme#e1/redrive' }] },
  ],
  ['GET', '/ops/lanes/acme/o/1', { kind: 'read-lane', lane: { source: 'acme', ids: ['o/1'] } }],
  [
    'POST',
    '/ops/lanes/acme/o%2F1/release',
    { kind: 'release', lane: { source: 'acme', ids: ['o%2F1', 'o/1'] } },
  ],
  ['POST', '/ops/events/acme/redrive', { kind: 'other-method', allow: 'GET' }],
  ['POST', '/ops/events/acme/e1/release', { kind: 'other-method', allow: 'GET' }],
  ['POST', '/ops/lanes/acme/o1', { kind: 'other-method', allow: 'GET' }],
  ['PUT', '/ops/lanes/acme/o1/release', { kind: 'other-method', allow: 'GET, POST' }],
  ['HEAD', '/health', { kind: 'other-method', allow: 'GET' }],
  ['GET', '/ops/lanes/acme', { kind: 'unknown' }],
  ['GET', '/ops/attention/', { kind: 'unknown' }],
])('reads %s %s', (method, path, operation) => {
  expect(findOperation(method, path)).toEqual(operation);
});
