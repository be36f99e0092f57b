import { hubspotV2 } from './preset.ts';
import { hubspotBody } from '../hubspot/sample-body.ts';
import type { Sample } from '../sample.ts';

export const hubspotV2Sample: Sample = {
  ...hubspotBody,
  source: hubspotV2({ publicUrl: 'https://hooks.example.com/webhooks/hubspot' }),
};
