import { createHash } from 'node:crypto';
import type * as fc from 'fast-check';
import { describe } from 'vitest';
import { bitbucketSample } from '../../../functions/providers/bitbucket/sample.ts';
import { buildkiteSample } from '../../../functions/providers/buildkite/sample.ts';
import { circleciSample } from '../../../functions/providers/circleci/sample.ts';
import { jiraSample } from '../../../functions/providers/jira/sample.ts';
import { metaSample } from '../../../functions/providers/meta/sample.ts';
import { pagerdutySample } from '../../../functions/providers/pagerduty/sample.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { sentrySample } from '../../../functions/providers/sentry/sample.ts';
import { trelloSample } from '../../../functions/providers/trello/sample.ts';
import { twitchSample } from '../../../functions/providers/twitch/sample.ts';
import { vercelSample } from '../../../functions/providers/vercel/sample.ts';
import { xSample } from '../../../functions/providers/x/sample.ts';
import { zoomSample } from '../../../functions/providers/zoom/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, jsonBodies, now, textSecrets } from '../agrees-with-library.ts';
import { hmac, withHeaders } from '../documented-formula.ts';

interface Formula {
  readonly sample: Sample;
  readonly bodies?: fc.Arbitrary<string>;
  /** The headers that the documentation says a request has. */
  readonly headers: (request: VerifiableRequest, secret: string) => Readonly<Record<string, string>>;
}

const seconds = String(now.getTime() / 1000);
const hex = (secret: string, ...parts: (string | Uint8Array)[]) =>
  hmac('sha256', secret, ...parts).toString('hex');

function agreesWithFormula({ sample, bodies = jsonBodies, headers }: Formula): void {
  agreesWithLibrary({
    name: 'the documented formula',
    sample,
    keys: textSecrets,
    bodies,
    sign: (request, { secret }) => withHeaders(request, headers(request, secret)),
    accepts: (request, { secret }) =>
      Object.entries(headers(request, secret)).every(([name, value]) => request.headers[name] === value),
  });
}

describe('Bitbucket', () => {
  agreesWithFormula({
    sample: bitbucketSample,
    headers: ({ body }, secret) => ({ 'x-hub-signature': `sha256=${hex(secret, body)}` }),
  });
});

describe('Jira', () => {
  agreesWithFormula({
    sample: jiraSample,
    headers: ({ body }, secret) => ({ 'x-hub-signature': `sha256=${hex(secret, body)}` }),
  });
});

describe('Trello', () => {
  const url = 'https://hooks.example.com/webhooks/trello?board=1';
  // Bodies that differ in high bytes alone are one body to Trello: keep what differs apart.
  const bodies = jsonBodies.map(
    (text) => `{"hash":"${createHash('md5').update(text).digest('hex')}","text":${text}}`,
  );

  describe('over low bytes', () => {
    agreesWithFormula({
      sample: trelloSample,
      bodies,
      headers: ({ body }, secret) => {
        const text = Buffer.from(body).toString();
        const low = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) & 0xff);
        return { 'x-trello-webhook': hmac('sha1', secret, low, url).toString('base64') };
      },
    });
  });

  describe('over UTF-8', () => {
    const headers: Formula['headers'] = ({ body }, secret) => ({
      'x-trello-webhook': hmac('sha1', secret, body, url).toString('base64'),
    });
    agreesWithLibrary({
      name: 'the documented formula',
      sample: trelloSample,
      keys: textSecrets,
      bodies,
      sign: (request, { secret }) => withHeaders(request, headers(request, secret)),
    });
  });
});

describe('CircleCI', () => {
  agreesWithFormula({
    sample: circleciSample,
    headers: ({ body }, secret) => ({ 'circleci-signature': `v1=${hex(secret, body)}` }),
  });
});

describe('CircleCI, with versions to come', () => {
  agreesWithLibrary({
    name: 'the documented formula',
    sample: circleciSample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, { 'circleci-signature': `v1=${hex(secret, request.body)},v2=${'a'.repeat(64)}` }),
  });
});

describe('Vercel', () => {
  agreesWithFormula({
    sample: vercelSample,
    headers: ({ body }, secret) => ({ 'x-vercel-signature': hmac('sha1', secret, body).toString('hex') }),
  });
});

describe('Sentry', () => {
  agreesWithFormula({
    sample: sentrySample,
    headers: ({ body }, secret) => ({ 'sentry-hook-signature': hex(secret, body) }),
  });
});

describe('PagerDuty', () => {
  agreesWithFormula({
    sample: pagerdutySample,
    headers: ({ body }, secret) => ({ 'x-pagerduty-signature': `v1=${hex(secret, body)}` }),
  });
});

describe('PagerDuty, during a rotation', () => {
  agreesWithLibrary({
    name: 'the documented formula',
    sample: pagerdutySample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, {
        'x-pagerduty-signature': `v1=${hex('the next', request.body)},v1=${hex(secret, request.body)}`,
      }),
  });
});

describe('Buildkite', () => {
  agreesWithFormula({
    sample: buildkiteSample,
    headers: ({ body }, secret) => ({
      'x-buildkite-signature': `timestamp=${seconds},signature=${hex(secret, `${seconds}.`, body)}`,
    }),
  });
});

describe('Meta', () => {
  agreesWithFormula({
    sample: metaSample,
    headers: ({ body }, secret) => ({ 'x-hub-signature-256': `sha256=${hex(secret, body)}` }),
  });
});

describe('X', () => {
  agreesWithFormula({
    sample: xSample,
    headers: ({ body }, secret) => ({
      'x-twitter-webhooks-signature': `sha256=${hmac('sha256', secret, body).toString('base64')}`,
    }),
  });
});

describe('Twitch', () => {
  agreesWithFormula({
    sample: twitchSample,
    headers: ({ headers, body }, secret) => {
      const id = headers['twitch-eventsub-message-id'] ?? '';
      // With nanoseconds, as Twitch writes it.
      const time =
        headers['twitch-eventsub-message-timestamp'] ?? now.toISOString().replace('.000Z', '.123456789Z');
      return {
        'twitch-eventsub-message-timestamp': time,
        'twitch-eventsub-message-signature': `sha256=${hex(secret, id, time, body)}`,
      };
    },
  });
});

describe('Zoom', () => {
  agreesWithFormula({
    sample: zoomSample,
    headers: ({ body }, secret) => ({
      'x-zm-request-timestamp': seconds,
      'x-zm-signature': `v0=${hex(secret, `v0:${seconds}:`, body)}`,
    }),
  });
});
