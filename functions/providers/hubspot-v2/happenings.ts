import { hubspotHappenings } from '../hubspot/happenings.ts';

export const hubspotV2Happenings = hubspotHappenings;
