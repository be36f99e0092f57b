import { expect, it } from 'vitest';
import { supabase } from '../../functions/providers/supabase/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { shownKey, signedByFormula } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('supabase');

it('takes its secret as it is shown, the version of the signature before it', async () => {
  const request = signedByFormula(aRequest({ body: '{}', headers: { 'webhook-id': 'm1' } }), {
    secret: `whsec_${shownKey}`,
  });

  expect(await isVerified(supabase(), request, `v1,whsec_${shownKey}`)).toBe(true);
  expect(await isVerified(supabase(), request, `whsec_${shownKey}`)).toBe(true);
  expect(await isVerified(supabase(), request, `v2,whsec_${shownKey}`)).toBe(false);
});
