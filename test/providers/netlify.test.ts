import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { netlify } from '../../functions/providers/netlify/preset.ts';
import { netlifySample } from '../../functions/providers/netlify/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { hs256, sha256, tokensAreChecked } from '../support/provider/signed-tokens.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('netlify');

it('a deploy is another event in every state', async () => {
  const deploy = (state: string, updated_at = '2026-03-01T12:00:00.000Z') => ({
    id: 'd1',
    site_id: 's1',
    state,
    updated_at,
  });
  const idOf = (body: object) =>
    expect.stringMatching(
      new RegExp(
        `^d1/${createHash('sha256')
          .update(`${JSON.stringify(body)}\n`)
          .digest('hex')}$`,
      ),
    ) as unknown;

  expect(await eventsOf(netlify(), deploy('building'))).toEqual([
    [idOf(deploy('building')), 'building', 's1'],
  ]);
  expect(await eventsOf(netlify(), deploy('ready'))).toEqual([[idOf(deploy('ready')), 'ready', 's1']]);
  expect(
    await eventsOf(
      netlify(),
      { id: 'f1', form_name: 'contact' },
      { 'x-netlify-event': 'submission_created' },
    ),
  ).toEqual([[expect.stringMatching(/^f1\//), 'submission_created', expect.stringMatching(/^f1\//)]]);
});

const tokenOf = ({ headers }: VerifiableRequest) =>
  headers['x-webhook-signature'] ?? headers['authorization']?.replace(/^Bearer /, '') ?? '';

/** The two claims of Netlify's documentation. */
async function isNetlifys(request: VerifiableRequest, secret: string): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(tokenOf(request), Buffer.from(secret), {
      algorithms: ['HS256'],
      issuer: 'netlify',
    });
    return payload['sha256'] === sha256(request.body);
  } catch {
    return false;
  }
}

agreesWithLibrary({
  name: 'jose',
  sample: netlifySample,
  keys: textSecrets,
  sign: async (request, { secret }) =>
    withHeaders(request, {
      'x-webhook-signature': await hs256({ iss: 'netlify', sha256: sha256(request.body) }, secret),
    }),
  accepts: (request, { secret }) => isNetlifys(request, secret),
});

describe('a token', () => {
  tokensAreChecked({
    sample: netlifySample,
    claims: (body) => ({ iss: 'netlify', sha256: sha256(body) }),
    headers: (token) => ({ 'x-webhook-signature': token }),
  });
});

it("refuses a token that somebody else than Netlify issued under Netlify's secret", async () => {
  const body = Buffer.from('{}');
  const token = await hs256({ iss: 'other', sha256: sha256(body) }, 'secret');
  const request = {
    method: 'POST',
    path: '/',
    rawQuery: '',
    headers: { 'x-webhook-signature': token },
    body,
  };

  expect((await netlifySample.source.verify.verify(request, ['secret'], now)).verified).toBe(false);
});
