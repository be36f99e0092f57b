import { createHash, createHmac, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorizeNetSample } from '../../../functions/providers/authorize-net/sample.ts';
import { klarnaSample } from '../../../functions/providers/klarna/sample.ts';
import { lemonSqueezySample } from '../../../functions/providers/lemon-squeezy/sample.ts';
import { mollieEventsSample } from '../../../functions/providers/mollie-events/sample.ts';
import { quickbooksSample } from '../../../functions/providers/quickbooks/sample.ts';
import { recurlySample } from '../../../functions/providers/recurly/sample.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import { woocommerceSample } from '../../../functions/providers/woocommerce/sample.ts';
import { xeroSample } from '../../../functions/providers/xero/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, now, textSecrets } from '../agrees-with-library.ts';
import { wiseSample } from '../payment-test-samples.ts';

/** Providers without a library that verifies: the formula of their documentation, written once more. */
type Formula = (body: Buffer, secret: string) => Readonly<Record<string, string>>;

const mac = (algorithm: string, secret: string, encoding: 'hex' | 'base64', ...pieces: (string | Buffer)[]) =>
  createHmac(algorithm, secret)
    .update(Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))))
    .digest(encoding);

/** Signs by the formula, and accepts what has the formula's headers. */
function agreesWithFormula(sample: Sample, formula: Formula, keys = textSecrets): void {
  agreesWithLibrary({
    name: 'its documented formula',
    sample,
    keys,
    sign: (request, { secret }) => ({
      ...request,
      headers: { ...request.headers, ...formula(Buffer.from(request.body), secret) },
    }),
    accepts: ({ body, headers }, { secret }) =>
      Object.entries(formula(Buffer.from(body), secret)).every(([name, value]) => headers[name] === value),
  });
}

describe('Klarna', () => {
  const keyIds = fc.constantFrom('krn:partner:global:notification:signing-key:1', '2', 'a b');
  const keys = fc.tuple(keyIds, fc.stringMatching(/^[\w+/=-]{1,60}$/)).map((pair) => pair.join(':'));

  agreesWithFormula(
    klarnaSample,
    (body, secret) => {
      const [, id = '', key = ''] = /^(.*):(.*)$/.exec(secret) ?? [];
      return { 'klarna-signing-key-id': id, 'klarna-signature': mac('sha256', key, 'hex', body) };
    },
    keys.map((secret) => ({ secret })),
  );
});

describe('Recurly', () => {
  agreesWithFormula(recurlySample, (body, secret) => {
    const ms = String(now.getTime());
    return { 'recurly-signature': `${ms},${mac('sha256', secret, 'hex', ms, '.', body)}` };
  });

  const at = async (ms: number, ...secrets: readonly string[]) => {
    const request = unsignedRequest(recurlySample, now);
    const signatures = secrets.map((one) => mac('sha256', one, 'hex', `${ms}.`, Buffer.from(request.body)));
    const headers = { ...request.headers, 'recurly-signature': [ms, ...signatures].join(',') };
    return await recurlySample.source.verify.verify({ ...request, headers }, ['new'], now);
  };

  it('may sign twice, as during a rotation', async () => {
    expect(await at(now.getTime(), 'old', 'new')).toEqual({ verified: true });
    expect(await at(now.getTime(), 'new', 'old')).toEqual({ verified: true });
    expect(await at(now.getTime(), 'old')).toMatchObject({ cause: 'wrong-signature' });
  });

  it('counts in milliseconds', async () => {
    expect(await at(now.getTime() - 20 * 3600_000, 'new')).toEqual({ verified: true });
    expect(await at(now.getTime() - 20 * 3600_000 - 1, 'new')).toMatchObject({ cause: 'timestamp-expired' });
    expect(await at(now.getTime() / 1000, 'new')).toMatchObject({ cause: 'timestamp-expired' });
  });
});

describe('Mollie, next-gen', () => {
  const header = 'x-mollie-signature';
  agreesWithFormula(mollieEventsSample, (body, secret) => ({
    [header]: `sha256=${mac('sha256', secret, 'hex', body)}`,
  }));

  it('may send its header twice, as for a day after a rotation', async () => {
    const request = unsignedRequest(mollieEventsSample, now);
    const signatures = ['old', 'new'].map((one) => mac('sha256', one, 'hex', Buffer.from(request.body)));
    const joined = (between: string) => ({
      ...request,
      headers: { ...request.headers, [header]: signatures.map((one) => `sha256=${one}`).join(between) },
    });

    for (const between of [',', ', ']) {
      for (const secret of ['old', 'new']) {
        const verdict = await mollieEventsSample.source.verify.verify(joined(between), [secret], now);
        expect(verdict).toEqual({ verified: true });
      }
    }
  });
});

describe('WooCommerce', () => {
  const entities = new Map([
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#039;', "'"],
    ['&amp;', '&'],
  ]);
  const parts = fc.oneof(fc.constantFrom(...entities.keys(), '&', ';'), fc.string({ maxLength: 10 }));
  // A hash behind them, so that no two are one key spelled in two ways.
  const keys = fc.array(parts, { minLength: 1, maxLength: 8 }).map((all) => {
    const secret = all.join('');
    return { secret: secret + createHash('md5').update(secret).digest('hex') };
  });

  agreesWithFormula(
    woocommerceSample,
    (body, secret) => {
      const decoded = secret
        .split(/(&lt;|&gt;|&quot;|&#039;|&amp;)/)
        .map((part) => entities.get(part) ?? part)
        .join('');
      return { 'x-wc-webhook-signature': mac('sha256', decoded, 'base64', body) };
    },
    keys,
  );
});

describe('Xero', () => {
  agreesWithFormula(xeroSample, (body, secret) => ({
    'x-xero-signature': mac('sha256', secret, 'base64', body),
  }));
});

describe('QuickBooks', () => {
  agreesWithFormula(quickbooksSample, (body, secret) => ({
    'intuit-signature': mac('sha256', secret, 'base64', body),
  }));
});

describe('Lemon Squeezy', () => {
  agreesWithFormula(lemonSqueezySample, (body, secret) => ({
    'x-signature': mac('sha256', secret, 'hex', body),
  }));
});

describe('Authorize.Net', () => {
  const hexKeys = fc.stringMatching(/^[0-9A-F]{128}$/).map((secret) => ({ secret }));
  const upperCase: Formula = (body, secret) => ({
    'x-anet-signature': `sha512=${mac('sha512', secret, 'hex', body).toUpperCase()}`,
  });

  agreesWithLibrary({
    name: 'its documented formula',
    sample: authorizeNetSample,
    keys: hexKeys,
    sign: (request, { secret }) => ({
      ...request,
      headers: { ...request.headers, ...upperCase(Buffer.from(request.body), secret) },
    }),
  });
});

describe('Wise', () => {
  const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const keys = pairs.map(({ publicKey, privateKey }) => ({
    secret: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }));

  agreesWithLibrary({
    name: "Node's own signing",
    sample: wiseSample,
    keys: fc.constantFrom(...keys),
    sign: (request, { privateKey = '' }) => {
      const signature = createSign('RSA-SHA256').update(request.body).sign(privateKey, 'base64');
      return { ...request, headers: { ...request.headers, 'x-signature-sha256': signature } };
    },
    accepts: ({ body, headers }: VerifiableRequest, { secret }) =>
      createVerify('RSA-SHA256')
        .update(body)
        .verify(secret, headers['x-signature-sha256'] ?? '', 'base64'),
  });

  it('is refused under anything but its public key', async () => {
    const request = unsignedRequest(wiseSample, now);
    const { secret, privateKey } = keys[0]!;
    const signature = createSign('RSA-SHA256').update(request.body).sign(privateKey, 'base64');
    const signed = { ...request, headers: { ...request.headers, 'x-signature-sha256': signature } };
    const under = (one: string) => wiseSample.source.verify.verify(signed, [one], now);

    expect(await under(secret)).toEqual({ verified: true });
    for (const other of [privateKey, 'a secret', secret.replace('PUBLIC', 'X'), secret.slice(0, 200)]) {
      expect(await under(other)).toMatchObject({ cause: 'no-secret' });
    }
  });
});
