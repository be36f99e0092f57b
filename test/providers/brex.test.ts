import { expect, it } from 'vitest';
import { brex } from '../../functions/providers/brex/preset.ts';
import { brexSample } from '../../functions/providers/brex/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { keys, shownKey, signedByFormula } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('brex');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('has the transfer for its lane', async () => {
  expect(
    await eventsOf(
      brex(),
      '{"event_type":"TRANSFER_FAILED","transfer_id":"ptx_1","company_id":"c1"}',
      headers,
    ),
  ).toEqual([['msg_2', 'TRANSFER_FAILED', 'ptx_1']]);
});

it('has the user for its lane', async () => {
  expect(
    await eventsOf(brex(), '{"event_type":"USER_UPDATED","user_id":"cuuser_1","company_id":"c1"}', headers),
  ).toEqual([['msg_2', 'USER_UPDATED', 'cuuser_1']]);
});

agreesWithLibrary({ name: 'the documented formula', sample: brexSample, keys, sign: signedByFormula });

it('takes its secret as it is shown, without a prefix', async () => {
  const request = signedByFormula(aRequest({ body: '{}', headers: { 'webhook-id': 'm1' } }), {
    secret: `whsec_${shownKey}`,
  });

  expect(await isVerified(brex(), request, shownKey)).toBe(true);
  expect(await isVerified(brex(), request, `whsec_${shownKey}`)).toBe(true);
  expect(await isVerified(brex(), request, `whpk_${shownKey}`)).toBe(false);
});
