import { verifyWebhook } from '@clerk/backend/webhooks';
import * as fc from 'fast-check';
import OpenAI from 'openai';
import { Resend } from 'resend';
import { Webhook } from 'svix';
import { describe } from 'vitest';
import { brexSample } from '../../../functions/providers/brex/sample.ts';
import { clerkSample } from '../../../functions/providers/clerk/sample.ts';
import { openaiSample } from '../../../functions/providers/openai/sample.ts';
import { renderSample } from '../../../functions/providers/render/sample.ts';
import { replicateSample } from '../../../functions/providers/replicate/sample.ts';
import { resendSample } from '../../../functions/providers/resend/sample.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { svixSample } from '../../../functions/providers/svix/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, jsonBodies, now } from '../agrees-with-library.ts';
import { hmac, withHeaders } from '../documented-formula.ts';

const keys = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((key) => ({ secret: `whsec_${Buffer.from(key).toString('base64')}` }));

const text = ({ body }: VerifiableRequest) => Buffer.from(body).toString();
const timestamp = String(now.getTime() / 1000);

async function succeeds(verify: () => unknown): Promise<boolean> {
  try {
    await verify();
    return true;
  } catch {
    return false;
  }
}

/** Svix's own library signs for all who deliver through Svix. */
const signedBySvix = (request: VerifiableRequest, { secret }: { secret: string }) =>
  withHeaders(request, {
    'svix-timestamp': timestamp,
    'svix-signature': new Webhook(secret).sign(request.headers['svix-id'] ?? '', now, text(request)),
  });

/** The specification of Standard Webhooks, written once more. */
const signedByFormula = (request: VerifiableRequest, { secret }: { secret: string }) => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [`${request.headers['webhook-id']}.${timestamp}.`, request.body];
  return withHeaders(request, {
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac('sha256', key, ...signed).toString('base64')}`,
  });
};

describe('Svix', () => {
  agreesWithLibrary({
    name: 'svix',
    sample: svixSample,
    keys,
    sign: signedBySvix,
    accepts: (request, { secret }) =>
      succeeds(() => new Webhook(secret).verify(text(request), { ...request.headers })),
  });
});

describe('Clerk', () => {
  agreesWithLibrary({
    name: '@clerk/backend',
    sample: clerkSample,
    keys,
    // Its library reads the type of what it has verified.
    bodies: jsonBodies.map((body) => `{"type":"user.created","data":${body}}`),
    sign: signedBySvix,
    accepts: (request, { secret }) => {
      const received = new Request('https://hooks.example.com/', {
        method: 'POST',
        headers: { ...request.headers },
        body: text(request),
      });
      return succeeds(() => verifyWebhook(received, { signingSecret: secret }));
    },
  });
});

describe('Resend', () => {
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

describe('OpenAI', () => {
  const { webhooks } = new OpenAI({ apiKey: 'none' });

  agreesWithLibrary({
    name: 'openai',
    sample: openaiSample,
    keys,
    sign: signedByFormula,
    accepts: (request, { secret }) =>
      succeeds(() => webhooks.unwrap(text(request), { ...request.headers }, secret)),
  });
});

const byFormula: readonly [string, Sample][] = [
  ['Brex', brexSample],
  ['Render', renderSample],
  ['Replicate', replicateSample],
];

describe.each(byFormula)('%s', (_, sample) => {
  agreesWithLibrary({ name: 'the documented formula', sample, keys, sign: signedByFormula });
});
