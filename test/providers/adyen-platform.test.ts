import { expect, it } from 'vitest';
import { adyenPlatform } from '../../functions/providers/adyen-platform/preset.ts';
import { adyenPlatformSample } from '../../functions/providers/adyen-platform/sample.ts';
import { adyenLibrary, hexKeys } from '../support/provider/adyen-library.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { anyDigest, eventsOf } from '../support/provider/events-of.ts';
import { plain, tells } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('adyen-platform');

it('reads its other webhooks, with or without a type', async () => {
  const body = {
    data: { balancePlatform: 'YOUR_BALANCE_PLATFORM', accountHolder: { id: 'AH1' }, id: 'EVJN1' },
    environment: 'test',
    type: 'balancePlatform.transaction.created',
  };

  expect(await eventsOf(adyenPlatform(), body)).toEqual([
    [anyDigest, 'balancePlatform.transaction.created', 'EVJN1'],
  ]);
  expect(await eventsOf(adyenPlatform(), { ...body, type: undefined })).toEqual([[anyDigest, 's', 'EVJN1']]);
});

it('is told [accepted], and a duplicate too', () => tells(adyenPlatform(), plain('[accepted]')));

agreesWithLibrary({
  name: '@adyen/api-library',
  sample: adyenPlatformSample,
  keys: hexKeys.map((secret) => ({ secret })),
  accepts: ({ body, headers }, { secret }) =>
    adyenLibrary.validateHMACSignature(secret, headers['hmacsignature'] ?? '', Buffer.from(body).toString()),
});
