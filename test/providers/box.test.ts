import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { box } from '../../functions/providers/box/preset.ts';
import { boxSample } from '../../functions/providers/box/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, jsonBodies, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('box');

it('orders by file or folder', async () => {
  const body =
    '{"type":"webhook_event","id":"eb0c4e06","created_at":"2016-07-12T21:33:36-07:00","trigger":"FILE.TRASHED",' +
    '"webhook":{"id":"1564"},"source":{"id":"73835521473","type":"file"}}';

  expect(await eventsOf(box(), body)).toEqual([['eb0c4e06', 'FILE.TRASHED', '73835521473']]);
});

type Headers = Readonly<Record<string, string>>;

interface Library {
  readonly WebhooksManager: {
    validateMessage(
      body: string,
      headers: Headers,
      primaryKey: string,
      options?: { secondaryKey?: string },
    ): Promise<boolean>;
  };
}

const require = createRequire(import.meta.url);

const { WebhooksManager } = require('box-node-sdk/managers/webhooks') as Library;

// What the library itself signs with, to compare.
const { computeWebhookSignature } = require('box-node-sdk/internal/utils') as {
  computeWebhookSignature: (body: string, headers: Headers, key: string, escaped: boolean) => Promise<string>;
};

const text = ({ body }: VerifiableRequest) => Buffer.from(body).toString();

async function signed(
  request: VerifiableRequest,
  key: string,
  which: 'primary' | 'secondary',
  escaped: boolean,
  at = now,
) {
  const timed = withHeaders(request, {
    'box-delivery-timestamp': at.toISOString().replace('.000Z', '-00:00'),
  });
  const signature = await computeWebhookSignature(text(timed), timed.headers, key, escaped);
  return withHeaders(timed, { [`box-signature-${which}`]: signature });
}

// Slashes and all of Unicode, in a body as it is and as Box escapes it.
const bodies = jsonBodies.map((body) => `{"path":"/a/b\\/c\x7f","data":${body}}`);

describe.each([false, true])('a body that is escaped before it is signed: %s', (escaped) => {
  agreesWithLibrary({
    name: 'box-node-sdk',
    sample: boxSample,
    keys: textSecrets,
    bodies,
    sign: (request, { secret }) => signed(request, secret, 'primary', escaped),
    accepts: (request, { secret }) => WebhooksManager.validateMessage(text(request), request.headers, secret),
  });
});

it('takes the secondary signature as well as the primary one', async () => {
  const headers = { 'box-signature-version': '1', 'box-signature-algorithm': 'HmacSHA256' };
  const request = { method: 'POST', path: '/', rawQuery: '', headers, body: Buffer.from('{}') };
  const secondary = await signed(request, 'second', 'secondary', false);
  const both = withHeaders(secondary, { 'box-signature-primary': Buffer.alloc(32).toString('base64') });

  for (const received of [secondary, both]) {
    expect(await boxSample.source.verify.verify(received, ['first', 'second'], now)).toEqual({
      verified: true,
    });
    expect(
      await WebhooksManager.validateMessage('{}', received.headers, 'first', { secondaryKey: 'second' }),
    ).toBe(true);
  }
});
