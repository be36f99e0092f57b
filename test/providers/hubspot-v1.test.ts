import { hubspotV1Sample } from '../../functions/providers/hubspot-v1/sample.ts';
import { agreesOnDigest } from '../support/provider/hubspot-signatures.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('hubspot-v1');

agreesOnDigest('v1', hubspotV1Sample);
