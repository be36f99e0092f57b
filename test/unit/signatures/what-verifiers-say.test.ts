import { describe, expect, it } from 'vitest';
import { adyenSignature } from '../../../functions/providers/adyen/signature.ts';
import { apiKey } from '../../../functions/signatures/api-key.ts';
import { basic } from '../../../functions/signatures/basic.ts';
import { bearer } from '../../../functions/signatures/bearer.ts';
import { clientState } from '../../../functions/providers/microsoft-graph/client-state.ts';
import { contentfulSignature } from '../../../functions/providers/contentful/signature.ts';
import { discordSignature } from '../../../functions/providers/discord-interactions/signature.ts';
import { standardWebhooksSignature } from '../../../functions/signatures/standard-webhooks.ts';
import { stripeSignature } from '../../../functions/providers/stripe/signature.ts';
import { all, any } from '../../../functions/signatures/combine.ts';
import { hmac } from '../../../functions/signatures/hmac.ts';
import { ipRanges } from '../../../functions/signatures/ip-ranges.ts';
import { none } from '../../../functions/signatures/none.ts';
import { signature } from '../../../functions/signatures/signature.ts';
import type { SignatureSpec } from '../../../functions/signatures/signature-spec.ts';
import {
  readTimestamp,
  timestampProblem,
  type TimestampSpec,
} from '../../../functions/signatures/timestamp.ts';
import { token } from '../../../functions/signatures/token.ts';
import type { Verifier } from '../../../functions/signatures/verifier.ts';
import type { SignatureCause } from '../../../functions/signatures/verdict.ts';
import { aRequest } from '../../support/a-request.ts';

/** What the stack, the local cloud and ingest decide by: whether there is a secret to make, an address to know, a header not to keep. */
const now = new Date();
const spec: SignatureSpec = {
  name: 'acme',
  algorithm: 'hmac-sha256',
  from: 'header:x-signature',
  encoding: 'hex',
  signed: '{body}',
};
const bearerLike = () => token({ name: 'bearer', from: 'header:X-Token' });
const refusing = (cause: SignatureCause): Verifier => ({
  ...none(),
  verify: () => ({ verified: false, cause }),
});

describe('a signature says', () => {
  it('that it needs a secret, and which scheme it is', () => {
    expect(signature(spec)).toMatchObject({ name: 'acme', needsSecret: true, scheme: spec, problems: [] });
  });

  it.each(['url', 'urlWithPort', 'urlWithoutPort', 'urlDecoded'])(
    'that it needs the address for {%s}',
    (name) => {
      expect(signature({ ...spec, signed: `{${name}}` }).needsPublicUrl).toBe(true);
      expect(signature({ ...spec, signed: ['{body}', `{${name}}{body}`] }).needsPublicUrl).toBe(true);
      expect(signature({ ...spec, signed: ['{body}', '{path}'] }).needsPublicUrl).toBe(false);
    },
  );
});

it.each([
  ['bearer', bearer, ['authorization']],
  ['basic', basic, ['authorization']],
  ['api-key', () => apiKey({ header: 'X-Key' }), ['x-key']],
  ['api-key', () => apiKey({ query: 'key' }), []],
])('%s says its name and where its secret stands', (name, make, secretHeaders) => {
  expect(make()).toMatchObject({ name, needsSecret: true, secretHeaders });
});

it.each([
  ['adyen', adyenSignature],
  ['client-state', clientState],
  ['discord', () => discordSignature(300)],
  ['any(standard-webhooks, standard-webhooks-ed25519)', () => standardWebhooksSignature('svix')],
  ['hmac-sha256', stripeSignature],
])('%s says its name, and that it needs a secret', (name, make) => {
  const { problems = [], ...verifier } = make();

  expect(verifier).toMatchObject({ name, needsSecret: true });
  expect(problems).toEqual([]);
});

it('contentful says that it needs a secret and the address', () => {
  expect(contentfulSignature()).toMatchObject({
    name: 'contentful',
    needsSecret: true,
    needsPublicUrl: true,
  });
});

it('none() says that it is none', () => {
  expect(none()).toMatchObject({ name: 'none', needsSecret: false });
});

describe('a token says', () => {
  it('that it needs a secret, and in which header one stands', () => {
    expect(bearerLike()).toMatchObject({ needsSecret: true, secretHeaders: ['x-token'], problems: [] });
    expect(token({ name: 'key', from: 'query:key' })).toMatchObject({ secretHeaders: [], problems: [] });
  });

  it('what is wrong with it, and then verifies nothing', async () => {
    const mistaken = token({ name: 'key', from: 'somewhere:key' as 'query:key' });

    expect(mistaken.problems).toEqual([expect.stringMatching(/^"somewhere:key" is no place/)]);
    expect(await mistaken.verify(aRequest({ rawQuery: 'key=a' }), ['a'], now)).toEqual({
      verified: false,
      cause: 'no-secret',
    });
  });

  it('which way it was wrong', async () => {
    const under = async (authorization: string) =>
      await basic().verify(aRequest({ headers: { authorization } }), ['a:b', ''], now);

    expect(await under(`Basic ${Buffer.from('a:b').toString('base64')}`)).toEqual({ verified: true });
    expect(await under('Basic !')).toEqual({ verified: false, cause: 'malformed-signature' });
    expect(await under('Bearer a:b')).toEqual({ verified: false, cause: 'malformed-signature' });
    expect(await under('Basic YTpj')).toEqual({ verified: false, cause: 'wrong-signature' });
    expect(await under('')).toEqual({ verified: false, cause: 'missing-signature' });
  });
});

describe.each([
  ['all', all],
  ['any', any],
] as const)('%s(…) says', (word, combine) => {
  const signed = signature({ ...spec, signed: '{url}' });
  const open = ipRanges(['::1']);

  it('what its parts say', () => {
    expect(combine(open, signed, bearerLike())).toMatchObject({
      name: `${word}(ip-ranges, acme, bearer)`,
      needsSecret: true,
      needsPublicUrl: true,
      secretHeaders: ['x-token'],
      scheme: signed.scheme,
      problems: [],
    });
  });

  it('that none of its parts needs anything', () => {
    const combined = combine(open, none());

    expect(combined).toMatchObject({
      needsSecret: false,
      needsPublicUrl: false,
      secretHeaders: [],
      problems: [],
    });
    expect('scheme' in combined).toBe(false);
  });

  it('what is wrong with its parts, or that there is none, and then verifies nothing', async () => {
    expect(combine(open, ipRanges([])).problems).toEqual(['needs at least one IP range']);
    expect(combine().problems).toEqual([`${word}() needs a verifier`]);
    expect(await combine().verify(aRequest(), ['a'], now)).toEqual({
      verified: false,
      cause: word === 'all' ? 'no-secret' : 'missing-signature',
    });
  });
});

it('any(…) says of several refusals the one that got furthest', async () => {
  const furthest = async (...causes: SignatureCause[]) =>
    await any(...causes.map(refusing)).verify(aRequest(), [], now);

  expect(await furthest('wrong-signature', 'missing-signature')).toMatchObject({ cause: 'wrong-signature' });
  expect(await furthest('missing-signature', 'malformed-signature')).toMatchObject({
    cause: 'malformed-signature',
  });
  expect(await furthest('timestamp-expired', 'no-secret')).toMatchObject({ cause: 'timestamp-expired' });
  expect(await furthest('timestamp-expired', 'timestamp-in-future')).toMatchObject({
    cause: 'timestamp-in-future',
  });
});

describe('a refused signature says why', () => {
  const named: SignatureSpec = {
    ...spec,
    shape: { kind: 'list', separator: ',', signature: 'v1' },
    signed: '{signature:t}.{body}',
  };
  const cause = async (of: SignatureSpec, headers: Record<string, string>, secrets = ['key']) =>
    await signature(of).verify(aRequest({ headers }), secrets, now);

  it.each<[string, SignatureSpec, Record<string, string>, string[], SignatureCause]>([
    ['there is no secret, whatever is missing besides', spec, {}, [], 'no-secret'],
    ['there is no header', spec, {}, ['key'], 'missing-signature'],
    ['a list without a signature', named, { 'x-signature': 't=1' }, ['key'], 'missing-signature'],
    ['a part that is signed is missing', named, { 'x-signature': 'v1=00' }, ['key'], 'missing-signature'],
    [
      'another hash of the body',
      { ...spec, bodySha256: 'header:x-hash' },
      { 'x-signature': '00', 'x-hash': '00'.repeat(32) },
      ['key'],
      'wrong-signature',
    ],
    [
      'a secret without the name of its key',
      { ...spec, shape: { kind: 'pairs', separator: '&', between: '|' } },
      { 'x-signature': 'ke|00' },
      ['key'],
      'no-secret',
    ],
  ])('%s', async (_, of, headers, secrets, expected) => {
    expect(await cause(of, headers, secrets)).toEqual({ verified: false, cause: expected });
  });
});

describe('a timestamp', () => {
  it.each([
    ['s', '1772366400'],
    ['ms', '1772366400000'],
    ['iso', '2026-03-01T12:00:00Z'],
    ['iso', '2026-03-01T12:00:00.123456789Z'],
    ['iso', '2026-03-01T13:00:00+01:00'],
  ] as const)('in %s is read from %j, and from nothing around it', (unit, text) => {
    expect(readTimestamp(text, unit)).toBeCloseTo(1_772_366_400_000, -3);
    for (const around of [` ${text}`, `${text} `, `${text}x`, `+${text}`, `+00${text}`]) {
      expect(readTimestamp(around, unit)).toBeUndefined();
    }
  });

  const sound: TimestampSpec = { from: 'header:t', unit: 's' };

  it.each<[Partial<TimestampSpec>]>([
    [{}],
    [{ unit: 'ms' }],
    [{ unit: 'iso' }],
    [{ toleranceSeconds: 0, futureSeconds: 0 }],
    [{ toleranceSeconds: 86_400 }],
  ])('may be %j', (part) => {
    expect(timestampProblem({ ...sound, ...part })).toBeUndefined();
  });

  it.each([
    { toleranceSeconds: -1 },
    { futureSeconds: -1 },
    { toleranceSeconds: NaN },
    { futureSeconds: Infinity },
  ])('may not have the tolerance %j', (part) => {
    expect(timestampProblem({ ...sound, ...part })).toBe(
      'the timestamp tolerance must be a number of seconds from 0',
    );
  });

  it.each(['', 'h', 'S'])('may not have the unit %j', (unit) => {
    expect(timestampProblem({ ...sound, unit: unit as 's' })).toBe('the timestamp unit must be s, ms or iso');
  });

  it('makes a scheme that has it wrong verify nothing', () => {
    const timestamp = { from: 'header:t', unit: 's', toleranceSeconds: -1 } as const;

    expect(hmac({ algorithm: 'sha256', header: 'x', encoding: 'hex', timestamp }).problems).toHaveLength(1);
  });
});
