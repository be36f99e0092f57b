import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bitbucket } from '../../../functions/providers/bitbucket/preset.ts';
import { circleci } from '../../../functions/providers/circleci/preset.ts';
import { coinbaseCommerce } from '../../../functions/providers/coinbase-commerce/preset.ts';
import { github } from '../../../functions/providers/github/preset.ts';
import { jira } from '../../../functions/providers/jira/preset.ts';
import { paddle } from '../../../functions/providers/paddle/preset.ts';
import { standardWebhooks } from '../../../functions/providers/standard-webhooks/preset.ts';
import { hmac } from '../../../functions/signatures/hmac.ts';
import type { Source } from '../../../functions/sources/source.ts';
import { aRequest } from '../../support/a-request.ts';

describe('vectors that providers publish', () => {
  it("accepts GitHub's", async () => {
    const request = aRequest({
      body: 'Hello, World!',
      headers: {
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
    });

    const verdict = await github().verify.verify(request, ["It's a Secret to Everybody"], new Date());

    expect(verdict).toEqual({ verified: true });
  });

  it("accepts Standard Webhooks'", async () => {
    const request = aRequest({
      body: '{"test": 2432232314}',
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
    });

    const verdict = await standardWebhooks().verify.verify(
      request,
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1_614_265_330_000),
    );

    expect(verdict).toEqual({ verified: true });
  });

  it("accepts Slack's", async () => {
    const slack = hmac({
      algorithm: 'sha256',
      header: 'x-slack-signature',
      prefix: 'v0=',
      encoding: 'hex',
      signed: 'v0:{timestamp}:{body}',
      timestamp: { from: 'header:x-slack-request-timestamp', unit: 's' },
    });
    const request = aRequest({
      body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
      headers: {
        'x-slack-request-timestamp': '1531420618',
        'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      },
    });

    const verdict = await slack.verify(
      request,
      ['8f742231b10e8888abcd99yyyzzz85a5'],
      new Date(1_531_420_618_000),
    );

    expect(verdict).toEqual({ verified: true });
  });

  it.each<[string, Source, string, string, Record<string, string>]>([
    [
      "Jira's",
      jira(),
      'Hello World!',
      "It's a Secret to Everybody",
      { 'x-hub-signature': 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9' },
    ],
    [
      "Bitbucket's",
      bitbucket(),
      'Hello World!',
      "It's a Secret to Everybody",
      { 'x-hub-signature': 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9' },
    ],
    [
      "CircleCI's first",
      circleci(),
      'hello world',
      'secret',
      { 'circleci-signature': 'v1=734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a' },
    ],
    [
      "CircleCI's second",
      circleci(),
      'lalala',
      'another-secret',
      { 'circleci-signature': 'v1=daa220016c8f29a8b214fbfc3671aeec2145cfb1e6790184ffb38b6d0425fa00' },
    ],
    [
      "CircleCI's third",
      circleci(),
      'an-important-request-payload',
      'hunter123',
      { 'circleci-signature': 'v1=9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa' },
    ],
    [
      "Paddle's, the third of its signatures and secrets",
      paddle(),
      'hello-world',
      'pdl_ntf_01hbpjmytsa32fhr36nqgc3kgb_WvRO0eL4Bj9rgYYIBZY6wZhG4EHy9jzh',
      {
        'paddle-signature':
          'ts=1696195954;h1=dummy;h1=d96299976a6eb066f484d7fde011ac56fc32b38fc9940bc419d6e537fdc6ef02',
      },
    ],
  ])('accepts %s, and not a byte more', async (_, { verify }, body, secret, headers) => {
    const at = new Date(1_696_195_954_000);
    const verdict = async (of: string) => await verify.verify(aRequest({ body: of, headers }), [secret], at);

    expect(await verdict(body)).toEqual({ verified: true });
    expect(await verdict(`${body} `)).toEqual({ verified: false, cause: 'wrong-signature' });
  });

  it("accepts Coinbase Commerce's", async () => {
    const [line = ''] = readFileSync(
      new URL('../../recorded/coinbase-commerce.ndjson', import.meta.url),
      'utf8',
    ).split('\n');
    const request = aRequest({
      body: line.slice(line.indexOf('"body":') + '"body":'.length, -1),
      headers: {
        'x-cc-webhook-signature': '8be7742c7d372f08a6a3224edadf18a22b65fa9e28f3f2de97376cdaa092590d',
      },
    });

    const secret = '30291a20-0bd1-4267-9b0f-e6e7b123c0bf';
    expect(await coinbaseCommerce().verify.verify(request, [secret], new Date())).toEqual({ verified: true });
  });
});
