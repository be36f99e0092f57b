import { byHeader, json, type Happenings } from '../happenings.ts';

export const supabaseHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each call of the hook has its own',
  ...byHeader('webhook-id', { user: { id: 'u' }, email_data: { email_action_type: 'recovery' } }),
  sameLane: [json({ user: { id: 'u' }, sms: { otp: '1' } }, { 'webhook-id': 'c' })],
};
