import { hubspotEvents, type HubspotEvent } from './events.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export type { HubspotEvent };

/** HubSpot, signature v3, which signs the address it calls; a body holds several events. Lane: the object. */
export const hubspot = preset<HubspotEvent>(
  {
    name: 'hubspot',
    title: 'HubSpot (signature v3)',
    page: 'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation',
    confidence: 'library',
    secret: 'the client secret of the app',
    acknowledgeWithinSeconds: 5,
    version: 'occurredAt',
  },
  {
    ...hubspotEvents,
    verify: signature({
      name: 'hubspot',
      algorithm: 'hmac-sha256',
      from: 'header:x-hubspot-signature-v3',
      encoding: 'base64',
      // HubSpot's page undoes some escapes of the address, its library does not.
      signed: ['{method}{url}{body}{timestamp}', '{method}{urlDecoded}{body}{timestamp}'],
      timestamp: { from: 'header:x-hubspot-request-timestamp', unit: 'ms' },
    }),
  },
);
