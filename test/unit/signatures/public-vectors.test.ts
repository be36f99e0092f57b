import { describe, expect, it } from 'vitest';
import { github } from '../../../functions/providers/github/preset.ts';
import { standardWebhooks } from '../../../functions/providers/standard-webhooks/preset.ts';
import { hmac } from '../../../functions/signatures/hmac.ts';
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
});
