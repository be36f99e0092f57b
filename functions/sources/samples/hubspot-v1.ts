import { hubspotV1 } from '../presets/hubspot-v1.ts';
import { hubspotBody } from './hubspot-body.ts';
import type { Sample } from './sample.ts';

export const hubspotV1Sample: Sample = {
  ...hubspotBody,
  source: hubspotV1(),
};
