import { hubspotEvents, type HubspotEvent } from '../hubspot/events.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

/** HubSpot, signature v1, which knows no time: use v3 wherever it is sent. A body holds several events. Lane: the object. */
export const hubspotV1 = preset<HubspotEvent>(
  {
    name: 'hubspot-v1',
    title: 'HubSpot (signature v1)',
    page: 'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation',
    confidence: 'library',
    secret: 'the client secret of the app',
    acknowledgeWithinSeconds: 5,
    version: 'occurredAt',
  },
  {
    ...hubspotEvents,
    verify: signature({
      name: 'hubspot-v1',
      algorithm: 'digest-sha256',
      from: 'header:x-hubspot-signature',
      encoding: 'hex',
      signed: '{secret}{body}',
    }),
  },
);
