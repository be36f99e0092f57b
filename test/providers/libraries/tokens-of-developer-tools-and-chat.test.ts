import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { datadog } from '../../../functions/providers/datadog/preset.ts';
import { gitlab } from '../../../functions/providers/gitlab/preset.ts';
import { microsoftGraph } from '../../../functions/providers/microsoft-graph/preset.ts';
import { telegram } from '../../../functions/providers/telegram/preset.ts';
import type { Source } from '../../../functions/sources/source.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { now, textSecrets } from '../agrees-with-library.ts';

const empty = { method: 'POST', path: '/', rawQuery: '', headers: {}, body: Buffer.from('{}') };
const inHeader = (name: string) => (secret: string) => ({ ...empty, headers: { [name]: secret } });
const notifications = (...states: unknown[]) => ({
  ...empty,
  body: Buffer.from(JSON.stringify({ value: states.map((clientState) => ({ clientState })) })),
});

const senders: readonly [string, Source, (secret: string) => VerifiableRequest][] = [
  ['GitLab', gitlab(), inHeader('x-gitlab-token')],
  ['Telegram', telegram(), inHeader('x-telegram-bot-api-secret-token')],
  ['Datadog (header)', datadog(), (token) => inHeader('authorization')(`Bearer ${token}`)],
  ['Datadog (address)', datadog(), (pair) => inHeader('authorization')(`Basic ${btoa(pair)}`)],
  ['Microsoft Graph', microsoftGraph(), (state) => notifications(state, state, state)],
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

it.each([
  ['lacks it', ['s', undefined], 'missing-signature'],
  ['has another', ['s', 's', 't'], 'wrong-signature'],
  ['has a list', ['s', ['s']], 'missing-signature'],
  ['is none', [], 'missing-signature'],
])('Microsoft Graph is refused where one notification %s', async (_, states, cause) => {
  const verdict = await microsoftGraph().verify.verify(notifications(...states), ['s'], now);

  expect(verdict).toEqual({ verified: false, cause });
});

it.each([
  '',
  '[]',
  '{"value":"s"}',
  '{"value":{"0":{"clientState":"s"}}}',
  '{"value":[null]}',
  '{"value":["s"]}',
])('Microsoft Graph is refused with the body %s', async (body) => {
  const verdict = await microsoftGraph().verify.verify({ ...empty, body: Buffer.from(body) }, ['s'], now);

  expect(verdict.verified).toBe(false);
});
