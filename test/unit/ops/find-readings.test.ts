import { expect, it } from 'vitest';
import { findReadings, methodsOf } from '../../../functions/ops/find-readings.ts';
import { routes } from '../../../functions/ops/routes.ts';

const readings = (method: string, path: string) =>
  findReadings(routes, method, path).map(({ route, named: { source, eventId, entity } }) =>
    [route.name, source, eventId, entity].filter((text) => text !== ''),
  );

it.each([
  ['GET', '/health', [['readHealth']]],
  ['GET', '/ops/attention', [['listAttention']]],
  ['GET', '/ops/events/acme/e1', [['readEvent', 'acme', 'e1']]],
  ['GET', '/ops/events/acme/a/b', [['readEvent', 'acme', 'a/b']]],
  ['GET', '/ops/events/acme/a#b', [['readEvent', 'acme', 'a#b']]],
  ['GET', '/ops/events/acme/..', [['readEvent', 'acme', '..']]],
  ['GET', '/ops/events/acme/a\nb', [['readEvent', 'acme', 'a\nb']]],
  ['GET', '/ops/events/acme/100%', [['readEvent', 'acme', '100%']]],
  ['GET', '/ops/events/acme/audit', [['readEvent', 'acme', 'audit']]],
  [
    'GET',
    '/ops/events/acme/a/b/audit',
    [
      ['readAudit', 'acme', 'a/b'],
      ['readEvent', 'acme', 'a/b/audit'],
    ],
  ],
  // As a gateway hands it over that does not decode, or a client that encodes twice.
  [
    'GET',
    '/ops/events/acme/%2E%2E',
    [
      ['readEvent', 'acme', '%2E%2E'],
      ['readEvent', 'acme', '..'],
    ],
  ],
  [
    'POST',
    '/ops/events/acme/a%2Fb/discard',
    [
      ['discard', 'acme', 'a%2Fb'],
      ['discard', 'acme', 'a/b'],
    ],
  ],
  ['POST', '/ops/events/acme/e1/redrive', [['redrive', 'acme', 'e1']]],
  ['POST', '/ops/events/acme/a/b/replay', [['replay', 'acme', 'a/b']]],
  // The last part is the action, whatever the id holds.
  ['POST', '/ops/events/acme/a/redrive/discard', [['discard', 'acme', 'a/redrive']]],
  // Read, an action's name is part of an id.
  ['GET', '/ops/events/acme/e1/redrive', [['readEvent', 'acme', 'e1/redrive']]],
  ['GET', '/ops/lanes/acme/o/1', [['readLane', 'acme', 'o/1']]],
  [
    'POST',
    '/ops/lanes/acme/o%2F1/release',
    [
      ['releaseLane', 'acme', 'o%2F1'],
      ['releaseLane', 'acme', 'o/1'],
    ],
  ],
  ['POST', '/ops/events/acme/redrive', []],
  ['POST', '/ops/events/acme/e1/release', []],
  ['GET', '/ops/events/acme/', []],
  ['GET', '/ops/events/acme', []],
  ['GET', '/ops/events//e1', []],
  ['GET', '/ops/lanes/acme', []],
  ['GET', '/ops/attention/', []],
])('reads %s %s', (method, path, expected) => {
  expect(readings(method, path)).toEqual(expected);
});

it.each([
  ['/ops/events/acme/redrive', ['GET']],
  ['/ops/lanes/acme/o1/release', ['GET', 'POST']],
  ['/health', ['GET']],
  ['/ops/nothing', []],
])('knows by which methods there is something at %s', (path, methods) => {
  expect([...methodsOf(routes, path)].sort()).toEqual(methods);
});
