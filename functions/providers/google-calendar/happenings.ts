import { channelHappenings } from './channel-happenings.ts';

export const googleCalendarHappenings = channelHappenings('exists', 'not_exists');
