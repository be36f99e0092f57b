import { hubspotV1 } from './preset.ts';
import { hubspotBody } from '../hubspot/sample-body.ts';
import type { Sample } from '../sample.ts';

export const hubspotV1Sample: Sample = {
  ...hubspotBody,
  source: hubspotV1(),
};
