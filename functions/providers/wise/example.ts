import { wise } from './preset.ts';

/** As a user would configure it; no sample, since only the provider itself can sign. */
export const wiseExample = wise();
