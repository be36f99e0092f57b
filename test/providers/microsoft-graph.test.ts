import { describe, expect, it } from 'vitest';
import { microsoftGraph } from '../../functions/providers/microsoft-graph/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { answered, ask, plain } from '../support/provider/handshakes.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('microsoft-graph');

describe('its events', () => {
  const subscription = { subscriptionId: 's1', clientState: 'c' };

  it('reads every notification of a body, and those of the lifecycle', async () => {
    const message = {
      ...subscription,
      changeType: 'created',
      resource: 'Users/1/Messages/2',
      resourceData: { '@odata.etag': 'W/"1"', id: '2' },
    };
    const withoutTag = { ...message, resourceData: { id: '2' } };
    const lifecycle = { ...subscription, lifecycleEvent: 'subscriptionRemoved' };

    expect(await eventsOf(microsoftGraph(), { value: [message, withoutTag, lifecycle] })).toEqual([
      ['s1/2/created/W/"1"', 'created', 'Users/1/Messages/2'],
      [otherwise, 'created', 'Users/1/Messages/2'],
      [otherwise, 'subscriptionRemoved', 's1'],
    ]);
  });

  it('takes ten thousand, and no more', async () => {
    const value = Array.from({ length: 10_000 }, (_, at) => ({
      ...subscription,
      changeType: 'created',
      resource: `r/${at}`,
      resourceData: { '@odata.etag': 'e', id: `${at}` },
    }));

    expect(await eventsOf(microsoftGraph(), { value })).toHaveLength(10_000);
    expect(await eventsOf(microsoftGraph(), { value: [...value, value[0]] })).toBe('invalid-body');
  });
});

it('Microsoft Graph gets its token back, decoded', () => {
  const rawQuery = 'validationToken=Validation%3a+Testing+client%20reachability%3Cb%3E';

  expect(ask(microsoftGraph(), aRequest({ rawQuery }), false)).toEqual(
    answered('validation', plain('Validation: Testing client reachability<b>')),
  );
  expect(ask(microsoftGraph(), aRequest({ body: '{"value":[]}' }), false)).toBeUndefined();
});

const notifications = (...states: unknown[]) =>
  aRequest({ body: JSON.stringify({ value: states.map((clientState) => ({ clientState })) }) });

isKnownByToken(microsoftGraph(), (state) => notifications(state, state, state));

it.each([
  ['lacks it', ['s', undefined], 'missing-signature'],
  ['has another', ['s', 's', 't'], 'wrong-signature'],
  ['has a list', ['s', ['s']], 'missing-signature'],
  ['is none', [], 'missing-signature'],
])('is refused where one notification %s', async (_, states, cause) => {
  const verdict = await microsoftGraph().verify.verify(notifications(...states), ['s'], now);

  expect(verdict).toEqual({ verified: false, cause });
});

it.each([
  '',
  '[]',
  '{"value":"s"}',
  '{"value":{"0":{"clientState":"s"}}}',
  '{"value":[null]}',
  '{"value":["s"]}',
])('is refused with the body %s', async (body) => {
  const verdict = await microsoftGraph().verify.verify(aRequest({ body }), ['s'], now);

  expect(verdict.verified).toBe(false);
});
