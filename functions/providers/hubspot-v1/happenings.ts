import { hubspotHappenings } from '../hubspot/happenings.ts';

export const hubspotV1Happenings = hubspotHappenings;
