import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { adobeSign } from '../../../functions/providers/adobe-sign/preset.ts';
import { auth0 } from '../../../functions/providers/auth0/preset.ts';
import { eventbridge } from '../../../functions/providers/eventbridge/preset.ts';
import { figma } from '../../../functions/providers/figma/preset.ts';
import { googleCalendar } from '../../../functions/providers/google-calendar/preset.ts';
import { googleDrive } from '../../../functions/providers/google-drive/preset.ts';
import { mailchimp } from '../../../functions/providers/mailchimp/preset.ts';
import { okta } from '../../../functions/providers/okta/preset.ts';
import { postmark } from '../../../functions/providers/postmark/preset.ts';
import type { Source } from '../../../functions/sources/source.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { now, textSecrets } from '../agrees-with-library.ts';

const empty = { method: 'POST', path: '/', rawQuery: '', headers: {}, body: Buffer.alloc(0) };
const inHeader = (authorization: string) => ({ ...empty, headers: { authorization } });
const byHeader = (header: string) => (secret: string) => ({ ...empty, headers: { [header]: secret } });

const senders: readonly [string, Source, (secret: string) => VerifiableRequest][] = [
  ['Adobe Sign', adobeSign(), byHeader('x-adobesign-clientid')],
  ['Auth0', auth0(), inHeader],
  ['EventBridge', eventbridge(), byHeader('x-api-key')],
  ['EventBridge, bearer', eventbridge(), (secret) => inHeader(`Bearer ${secret}`)],
  ['EventBridge, basic', eventbridge(), (secret) => inHeader(`Basic ${btoa(secret)}`)],
  ['Google Calendar', googleCalendar(), byHeader('x-goog-channel-token')],
  ['Google Drive', googleDrive(), byHeader('x-goog-channel-token')],
  ['Okta', okta(), inHeader],
  ['Postmark', postmark(), (secret) => inHeader(`Basic ${btoa(secret)}`)],
  ['Mailchimp', mailchimp(), (secret) => ({ ...empty, rawQuery: String(new URLSearchParams({ secret })) })],
  ['Figma', figma(), (passcode) => ({ ...empty, body: Buffer.from(JSON.stringify({ passcode })) })],
];

it.each(senders)('%s is known by its token, and by no other', async (_, { verify }, sent) => {
  const verdict = async (secret: string, known: readonly string[]) =>
    (await verify.verify(sent(secret), known, now)).verified;

  await fc.assert(
    fc.asyncProperty(textSecrets, textSecrets, async ({ secret }, { secret: other }) => {
      expect(await verdict(secret, [secret])).toBe(true);
      expect(await verdict(secret, [other, secret])).toBe(true);
      expect(await verdict(secret, [other])).toBe(secret === other);
      expect(await verdict(`${secret}x`, [secret])).toBe(false);
      expect(await verdict(secret.slice(0, -1), [secret])).toBe(false);
      expect(await verdict(secret, [])).toBe(false);
    }),
    { numRuns: 200 },
  );
});
