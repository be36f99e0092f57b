import { Resend } from 'resend';
import { describe, expect, it } from 'vitest';
import { resend } from '../../functions/providers/resend/preset.ts';
import { resendSample } from '../../functions/providers/resend/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { keys, signedBySvix, succeeds, text } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('resend');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('has the email for its lane', async () => {
  expect(
    await eventsOf(
      resend(),
      '{"type":"email.bounced","created_at":"2024-11-22T23:41:12.126Z","data":{"email_id":"56761188","to":["a@b.c"]}}',
      headers,
    ),
  ).toEqual([['msg_1', 'email.bounced', '56761188']]);
});

it('has the contact for its lane', async () => {
  expect(
    await eventsOf(
      resend(),
      '{"type":"contact.updated","created_at":"2024-11-22T23:41:12.126Z","data":{"id":"e169aa45","email":"a@b.c"}}',
      headers,
    ),
  ).toEqual([['msg_1', 'contact.updated', 'e169aa45']]);
});

describe('its signature', () => {
  const { webhooks } = new Resend('re_none');

  agreesWithLibrary({
    name: 'resend',
    sample: resendSample,
    keys,
    sign: signedBySvix,
    accepts: (request, { secret }) => {
      const {
        'svix-id': id = '',
        'svix-timestamp': at = '',
        'svix-signature': signature = '',
      } = request.headers;
      const headers = { id, timestamp: at, signature };
      return succeeds(() => webhooks.verify({ payload: text(request), headers, webhookSecret: secret }));
    },
  });
});
