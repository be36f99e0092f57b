import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../../../cli/exit-codes.ts';
import { opsClient } from '../../../../cli/operations/ops-client.ts';
import { pathPart } from '../../../../cli/operations/send-request.ts';
import { gatewayOutputs } from '../../../../cli/operations/stack-outputs.ts';
import type { Target } from '../../../../cli/operations/target.ts';
import { explained } from '../../../../cli/operations/aws-account.ts';
import { problems } from '../../../../functions/ops/problem.ts';
import { problemDocument } from '../../../../functions/runtime/problem-document.ts';

const now = () => new Date('2026-11-29T12:00:00Z');
const local: Target = { url: 'http://127.0.0.1:4700', where: 'the local cloud in .hooklane' };
const deployed: Target = {
  url: 'http://127.0.0.1:4566/_aws/execute-api/abc/$default',
  where: 'the stack Shop',
  account: {
    credentials: async () => ({ accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'token' }),
    region: async () => 'eu-central-1',
    outputs: async () => ({}),
  },
};

/** A client of an API that answers this, and what it was asked. */
function asking(answer: () => Response, target = local) {
  const requests: Request[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    requests.push(new Request(url, init));
    return answer();
  };
  return { requests, client: opsClient(target, { now, fetch }) };
}
const event = {
  source: 'billing',
  eventId: 'evt_1',
  state: 'failed',
  attempts: 1,
  duplicates: 0,
  generation: 0,
  replay: 0,
};
const ask = (answer: () => Response, target?: Target) =>
  asking(answer, target).client.ask('redrive', {
    named: { source: 'billing', eventId: 'evt_1' },
    body: { reason: 'why' },
  });
const problem = (cause: keyof typeof problems, more = {}) =>
  Response.json(problemDocument(cause, problems[cause], more), { status: problems[cause].status });

describe('the client', () => {
  it('parses an answer, and has it as it came, too', async () => {
    const wire = { ...event, acceptedAt: '2026-11-29T11:00:00.000Z' };
    const { client, requests } = asking(() => Response.json(wire));

    const { value, json } = await client.ask('readEvent', { named: { source: 'billing', eventId: 'a/b %' } });

    expect(value.acceptedAt).toEqual(new Date('2026-11-29T11:00:00Z'));
    expect(json).toEqual(wire);
    expect(requests[0]?.url).toBe('http://127.0.0.1:4700/ops/events/billing/a%2Fb%20%25');
    expect(requests[0]?.headers.get('authorization')).toBeNull();
  });

  it('signs for a deployed stack, under its own region, the query with it', async () => {
    const { client, requests } = asking(() => Response.json(event), deployed);

    await client.ask('readEvent', {
      named: { source: 'billing', eventId: 'evt_1' },
      query: { limit: 5, cursor: undefined },
    });

    const [request] = requests;
    expect(request?.url).toMatch(/\/\$default\/ops\/events\/billing\/evt_1\?limit=5$/);
    expect(request?.headers.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/20261129\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=\S*host;\S*x-amz-date;x-amz-security-token/,
    );
    expect(request?.headers.get('x-amz-security-token')).toBe('token');
  });

  it.each([
    ['.', '%252E'],
    ['..', '%252E%252E'],
    ['a/..', 'a%2F..'],
    ['ü#?', '%C3%BC%23%3F'],
  ])('writes the id %s as %s', (id, part) => {
    expect(pathPart(id)).toBe(part);
  });
});

describe('the client says what is wrong', () => {
  it.each<[string, () => Response, number, RegExp]>([
    [
      'an unknown id',
      () => problem('unknown-event'),
      exitCodes.unknown,
      /redrive: Unknown event\nThere never was/,
    ],
    [
      'a state that does not allow it',
      () => problem('refused', { state: 'processed' }),
      exitCodes.refused,
      /Refused\n.*\nIts state is processed\./,
    ],
    [
      'a query that it does not take',
      () => problem('invalid-query', { errors: [{ at: 'state', message: 'Invalid option' }] }),
      exitCodes.usage,
      /The query cannot be used\n.*\n {2}state: Invalid option/,
    ],
    ['a cursor of another list', () => problem('invalid-cursor'), exitCodes.usage, /Begin anew without one/],
    ['a ledger that is away', () => problem('ledger-unreachable'), exitCodes.away, /cannot be reached/],
    [
      'a gateway that is away',
      () => new Response('<html>', { status: 502 }),
      exitCodes.away,
      /answered 502\n<html>/,
    ],
    [
      'throttling',
      () => Response.json({ message: 'Too Many Requests' }, { status: 429 }),
      exitCodes.away,
      /Too Many/,
    ],
  ])('%s', async (_, answer, exitCode, message) => {
    const asked = ask(answer);

    await expect(asked).rejects.toMatchObject({ name: 'CommandError', exitCode });
    await expect(asked).rejects.toThrow(message);
  });

  it.each<[string, string, RegExp]>([
    ['The security token included in the request is expired', '12:00:01', /have expired: sign in again/],
    ['Forbidden', '12:00:01', /execute-api:Invoke/],
    ['Signature expired', '12:07:00', /clock of this machine is 7 min off/],
  ])('a refusal of API Gateway: %s', async (message, time, said) => {
    const headers = { date: `Sun, 29 Nov 2026 ${time} GMT` };

    const asked = ask(() => Response.json({ message }, { status: 403, headers }), deployed);

    await expect(asked).rejects.toMatchObject({ exitCode: exitCodes.denied });
    await expect(asked).rejects.toThrow(said);
    await expect(asked).rejects.toThrow(message);
  });

  it('an API that is down', async () => {
    const client = opsClient({ ...local, url: 'http://127.0.0.1:9' }, { now, fetch });

    const asked = client.ask('listAttention');

    await expect(asked).rejects.toMatchObject({ exitCode: exitCodes.away });
    await expect(asked).rejects.toThrow(
      /^the local cloud in \.hooklane does not answer at http:\/\/127\.0\.0\.1:9: /,
    );
  });

  it('an answer of another version', async () => {
    await expect(ask(() => Response.json({ state: 'unheard-of' }))).rejects.toThrow(
      /is it of another version\?/,
    );
  });

  it.each([
    [
      { name: 'CredentialsProviderError', message: 'Could not load credentials' },
      exitCodes.denied,
      /aws sso login/,
    ],
    [{ name: 'ExpiredToken', message: 'The security token is expired' }, exitCodes.denied, /ExpiredToken/],
    [{ name: 'Error', message: 'Region is missing' }, exitCodes.usage, /--region/],
    [{ name: 'ValidationError', message: 'Stack with id Shop does not exist' }, exitCodes.unknown, /Shop/],
    [{ name: 'TimeoutError', message: 'too late' }, exitCodes.away, /AWS does not answer/],
  ])('what AWS refuses: %j', (error, exitCode, message) => {
    const thrown = explained(Object.assign(new Error(error.message), { name: error.name }));

    expect(thrown.exitCode).toBe(exitCode);
    expect(thrown.message).toMatch(message);
  });
});

describe('a gateway of a stack', () => {
  const outputs = {
    WebhooksApiUrlF42A10B5: 'https://abc.execute-api.eu-central-1.amazonaws.com',
    WebhooksDeadLetterQueueUrl12345678: 'https://sqs/dlq',
    Other: 'x',
  };

  it('is found by its outputs', () => {
    expect(gatewayOutputs(outputs, 'Shop')).toEqual({
      ApiUrl: 'https://abc.execute-api.eu-central-1.amazonaws.com',
      DeadLetterQueueUrl: 'https://sqs/dlq',
    });
  });

  it('is named where there are two', () => {
    const two = { ...outputs, PartnersApiUrlAAAAAAAA: 'https://def' };

    expect(gatewayOutputs(two, 'Shop', 'Partners')).toEqual({ ApiUrl: 'https://def' });
    expect(() => gatewayOutputs(two, 'Shop')).toThrow(
      /several gateways: name one with --gateway \(Webhooks, Partners\)/,
    );
    expect(() => gatewayOutputs(two, 'Shop', 'Nobody')).toThrow(
      /no gateway "Nobody", but Webhooks, Partners/,
    );
  });

  it('may be missing', () => {
    expect(() => gatewayOutputs({ Other: 'x' }, 'Shop')).toThrow(/The stack Shop has no gateway/);
  });
});
