import { expect, it } from 'vitest';
import { hubspotV2 } from '../../functions/providers/hubspot-v2/preset.ts';
import { hubspotV2Sample } from '../../functions/providers/hubspot-v2/sample.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { agreesOnDigest } from '../support/provider/hubspot-signatures.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('hubspot-v2');

it('reads the object that a workflow sends', async () => {
  const body = '{"vid":101,"properties":{"email":{"value":"a@b.com"}}}';

  expect(await eventsOf(hubspotV2(), body)).toEqual([[otherwise, 's', otherwise]]);
});

agreesOnDigest('v2', hubspotV2Sample);
