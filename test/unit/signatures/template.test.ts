import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signature } from '../../../functions/signatures/signature.ts';
import type { SignatureSpec } from '../../../functions/signatures/signature-spec.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../../support/a-request.ts';

const now = new Date('2026-03-01T12:00:00Z');
const spec = {
  name: 'test',
  algorithm: 'hmac-sha256',
  from: 'header:x-signature',
  encoding: 'hex',
  signed: '{body}',
} as const satisfies SignatureSpec;

const macOf = (text: string | Uint8Array, key = 'secret') =>
  createHmac('sha256', key).update(text).digest('hex');

async function isAccepted(
  scheme: SignatureSpec,
  request: VerifiableRequest,
  signed: string,
  secrets = ['secret'],
) {
  const headers = { ...request.headers, 'x-signature': signed };
  return (await signature(scheme).verify({ ...request, headers }, secrets, now)).verified;
}

const request = aRequest({
  method: 'PUT',
  path: '/webhooks/a%20b',
  rawQuery: 'x=1&y=%C3%BC',
  publicUrl: 'https://hooks.example.com/in',
  headers: { 'x-one': 'Eins' },
  body: '{"a":{"b":"ü"},"n":12}',
});

it.each([
  ['{method} {path}', 'PUT /webhooks/a%20b'],
  ['{url}', 'https://hooks.example.com/in?x=1&y=%C3%BC'],
  ['{urlWithPort}', 'https://hooks.example.com:443/in?x=1&y=%C3%BC'],
  ['{urlWithoutPort}', 'https://hooks.example.com/in?x=1&y=%C3%BC'],
  ['{urlDecoded}', 'https://hooks.example.com/in?x=1&y=%C3%BC'],
  ['{header:X-One}|{query:y}', 'Eins|ü'],
  ['{field:a.b}{field:n}', 'ü12'],
  ['{bodySha256}', createHash('sha256').update(request.body).digest('hex')],
  ['{bodyCrc32}', '70098296'],
  ['v1:{body}.', 'v1:{"a":{"b":"ü"},"n":12}.'],
  ['{bodyEscaped}', '{"a":{"b":"\\u00fc"},"n":12}'],
])('signs %s', async (signed, expected) => {
  expect(await isAccepted({ ...spec, signed }, request, macOf(expected))).toBe(true);
  expect(await isAccepted({ ...spec, signed }, request, macOf(`${expected} `))).toBe(false);
});

it('signs the low byte of every character where a sender takes text for binary', async () => {
  const body = aRequest({ body: 'ü–😀' });
  const low = Buffer.of(0xfc, 0x13, 0x3d, 0x00);

  expect(await isAccepted({ ...spec, signed: '{bodyLowBytes}' }, body, macOf(low))).toBe(true);
  expect(await isAccepted({ ...spec, signed: '{bodyLowBytes}' }, body, macOf('ü–😀'))).toBe(false);
});

it('signs form fields sorted, each pair once', async () => {
  const form = aRequest({ body: 'b=2&a=z&a=b&a=z&c=x+y' });

  expect(await isAccepted({ ...spec, signed: '{sortedForm}' }, form, macOf('abazb2cx y'))).toBe(true);
  expect(await isAccepted({ ...spec, signed: '{form:b}{form:c}' }, form, macOf('2x y'))).toBe(true);
});

it('signs form fields of one value and several names, each', async () => {
  const form = aRequest({ body: 'b=1&a=1&c=1&c=2&d=2' });

  expect(await isAccepted({ ...spec, signed: '{sortedForm}' }, form, macOf('a1b1c1c2d2'))).toBe(true);
});

it('refuses a body that is no form where fields are signed, and an address that is empty', async () => {
  const broken = aRequest({ body: '%', publicUrl: '' });

  for (const signed of ['{sortedForm}', '{form:a}', '{url}']) {
    expect(await isAccepted({ ...spec, signed }, broken, macOf(''))).toBe(false);
  }
});

it.each([
  '{header:X-Two}{body}',
  '{field:a.c}{body}',
  '{field:a}{body}',
  '{query:z}{body}',
  '{form:a}{body}',
])('refuses a request without something that %s signs', async (signed) => {
  expect(await isAccepted({ ...spec, signed }, request, macOf(request.body))).toBe(false);
});

it('takes any of several templates', async () => {
  const scheme = { ...spec, signed: ['{body}', '{body}\n'] };

  expect(await isAccepted(scheme, request, macOf(request.body))).toBe(true);
  expect(await isAccepted(scheme, request, macOf(Buffer.concat([request.body, Buffer.from('\n')])))).toBe(
    true,
  );
  expect(await isAccepted(scheme, request, macOf('{body}'))).toBe(false);
});

describe('a plain digest', () => {
  const scheme: SignatureSpec = { ...spec, algorithm: 'digest-sha256', signed: '{secret}{body}' };
  const digest = (secret: string) => createHash('sha256').update(secret).update(request.body).digest('hex');

  it('holds the secret in what is signed', async () => {
    expect(await isAccepted(scheme, request, digest('secret'))).toBe(true);
    expect(await isAccepted(scheme, request, digest('other'))).toBe(false);
    expect(await isAccepted(scheme, request, digest(''), [''])).toBe(false);
  });

  it('is reported, and verifies nothing, where its template has no secret', async () => {
    const open: SignatureSpec = { ...scheme, signed: '{body}' };

    expect(signature(open).problems).toHaveLength(1);
    expect(await isAccepted(open, request, createHash('sha256').update(request.body).digest('hex'))).toBe(
      false,
    );
  });
});

it('holds a claimed hash of the body against the body', async () => {
  const scheme: SignatureSpec = { ...spec, signed: '{header:x-hash}', bodySha256: 'header:x-hash' };
  const hash = createHash('sha256').update(request.body).digest('hex');
  const send = (claimed: string) =>
    isAccepted(scheme, { ...request, headers: { 'x-hash': claimed } }, macOf(claimed));

  expect(await send(hash)).toBe(true);
  expect(await send(createHash('sha256').update('other').digest('hex'))).toBe(false);
  expect(await send(hash.slice(2))).toBe(false);
  expect(await send('')).toBe(false);
});

it('takes signatures of the pairs whose key it knows', async () => {
  const scheme: SignatureSpec = { ...spec, shape: { kind: 'pairs', separator: '&', between: '|' } };
  const right = macOf(request.body);

  expect(await isAccepted(scheme, request, `other|${macOf('x')}&pub|${right}`, ['pub:secret'])).toBe(true);
  expect(await isAccepted(scheme, request, `other|${right}`, ['pub:secret'])).toBe(false);
  expect(await isAccepted(scheme, request, `pub|${right}`, ['secret'])).toBe(false);
  const nameless = { ...request, headers: { 'x-signature': `pub|${right}` } };
  for (const secret of ['secret', ':secret']) {
    expect(await signature(scheme).verify(nameless, [secret], now)).toEqual({
      verified: false,
      cause: 'no-secret',
    });
  }
});

it('reads signatures from numbered headers', async () => {
  const scheme: SignatureSpec = { ...spec, from: 'headers:X-DocuSign-Signature-', encoding: 'base64' };
  const right = createHmac('sha256', 'secret').update(request.body).digest('base64');
  const wrong = createHmac('sha256', 'other').update(request.body).digest('base64');
  const send = async (headers: Record<string, string>) =>
    (await signature(scheme).verify({ ...request, headers }, ['secret'], now)).verified;

  expect(await send({ 'x-docusign-signature-1': wrong, 'x-docusign-signature-12': right })).toBe(true);
  expect(await send({ 'x-docusign-signature-1': wrong })).toBe(false);
  expect(await send({ 'x-docusign-signature-x': right })).toBe(false);
});
