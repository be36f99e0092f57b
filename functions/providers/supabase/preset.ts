import { answerWith } from '../../api/answer.ts';
import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

export interface SupabaseHook {
  readonly user?: { readonly id?: string; readonly [field: string]: unknown };
  /** Of the hook that sends emails. */
  readonly email_data?: { readonly email_action_type?: string; readonly [field: string]: unknown };
  /** Of the hook that sends text messages. */
  readonly sms?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** Supabase’s Auth hooks that send emails and text messages (those whose answer decides something need more than an acknowledgement). Lane: the user. */
export const supabase = preset<SupabaseHook>(
  {
    name: 'supabase',
    title: 'Supabase Auth hooks',
    page: 'https://supabase.com/docs/guides/auth/auth-hooks',
    confidence: 'documentation',
    secret: 'the secret of the hook, as it is shown (v1,whsec_…)',
    acknowledgeWithinSeconds: 5,
  },
  {
    verify: standardWebhooksSignature('webhook'),
    id: 'header:webhook-id',
    type: ({ body: { email_data: email, sms }, source }) =>
      email === undefined ? (sms === undefined ? source : 'sms') : `email.${email.email_action_type ?? ''}`,
    lane: 'user.id',
    respond: answerWith({ status: 200, body: {} }),
  },
);
