import { channelHappenings } from '../google-calendar/channel-happenings.ts';

export const googleDriveHappenings = channelHappenings('update', 'trash');
