import { expect, it } from 'vitest';
import { datadog } from '../../functions/providers/datadog/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('datadog');

it('a monitor that recovers is another event', async () => {
  const alert = (transition: string) => ({ id: '70', transition, updated: '177', monitor: '45' });

  expect(await eventsOf(datadog(), alert('Triggered'))).toEqual([['70/Triggered/177', 'Triggered', '45']]);
  expect(await eventsOf(datadog(), alert('Recovered'))).toEqual([['70/Recovered/177', 'Recovered', '45']]);
  expect(await eventsOf(datadog(), { title: 'the default payload' })).toEqual([[otherwise, 's', otherwise]]);
});

isKnownByToken(
  datadog(),
  (token) => aRequest({ headers: { authorization: `Bearer ${token}` } }),
  'the token of a header',
);

isKnownByToken(
  datadog(),
  (pair) => aRequest({ headers: { authorization: `Basic ${btoa(pair)}` } }),
  'the name and password of an address',
);
