import { hubspot } from './preset.ts';
import { hubspotBody } from './sample-body.ts';
import type { Sample } from '../sample.ts';

export const hubspotSample: Sample = {
  ...hubspotBody,
  source: hubspot({ publicUrl: 'https://hooks.example.com/webhooks/hubspot' }),
};
