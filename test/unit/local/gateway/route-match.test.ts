import { expect, test } from 'vitest';
import type { Route } from '../../../../functions/runtime/settings.ts';
import { matchRoute } from '../../../../local/gateway/route-match.ts';

const route = (method: Route['method'], path: string): Route => ({
  method,
  path,
  function: 'ops',
  isPublic: true,
});

const routes = [
  route('ANY', '/{proxy+}'),
  route('ANY', '/ops/{proxy+}'),
  route('GET', '/ops/{id}'),
  route('ANY', '/ops/{id}'),
  route('POST', '/ops/health'),
  route('GET', '/orders/{id}/events'),
];

test.each([
  ['POST', '/ops/health', 'POST /ops/health', {}],
  ['GET', '/ops/health', 'GET /ops/{id}', { id: 'health' }],
  ['PUT', '/ops/health', 'ANY /ops/{id}', { id: 'health' }],
  ['GET', '/ops/a/b', 'ANY /ops/{proxy+}', { proxy: 'a/b' }],
  ['GET', '/orders/7/events', 'GET /orders/{id}/events', { id: '7' }],
  ['GET', '/orders/7', 'ANY /{proxy+}', { proxy: 'orders/7' }],
])('%s %s goes to %s', (method, path, key, parameters) => {
  const matched = matchRoute(routes, method, path);

  expect(matched && `${matched.route.method} ${matched.route.path}`).toBe(key);
  expect(matched?.parameters).toEqual(parameters);
});

test.each([
  ['GET', '/webhooks'],
  ['GET', '/webhooks/'],
  ['GET', '/webhooks/a/b'],
  ['GET', '/'],
  ['GET', ''],
  ['POST', '/orders/7'],
])('%s %s goes nowhere', (method, path) => {
  const few = [route('ANY', '/webhooks/{source}'), route('GET', '/orders/{id}')];

  expect(matchRoute(few, method, path)).toBeUndefined();
});
