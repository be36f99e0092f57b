import { hubspotEvents, type HubspotEvent } from '../hubspot/events.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

/**
 * HubSpot, signature v2, of workflows and cards, which signs the address it calls and knows no time. A workflow's object has no id of an
 * event: its bytes are it. Lane: the object.
 */
export const hubspotV2 = preset<HubspotEvent>(
  {
    name: 'hubspot-v2',
    title: 'HubSpot (signature v2)',
    page: 'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation',
    confidence: 'library',
    secret: 'the client secret of the app',
    acknowledgeWithinSeconds: 5,
    version: 'occurredAt',
  },
  {
    ...hubspotEvents,
    verify: signature({
      name: 'hubspot-v2',
      algorithm: 'digest-sha256',
      from: 'header:x-hubspot-signature',
      encoding: 'hex',
      signed: '{secret}{method}{url}{body}',
    }),
  },
);
