import { hubspot } from '../presets/hubspot.ts';
import { hubspotBody } from './hubspot-body.ts';
import type { Sample } from './sample.ts';

export const hubspotSample: Sample = {
  ...hubspotBody,
  source: hubspot({ publicUrl: 'https://hooks.example.com/webhooks/hubspot' }),
};
