import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { publish, PublishError, type PublishDependencies } from '../../../functions/api/publish.ts';

const url = 'https://abc123.execute-api.eu-central-1.amazonaws.com';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI', sessionToken: 'session' };
const options = { url, source: 'orders', event: { id: 'o-1', type: 'paid' }, credentials };

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
}

type Reply = Response | Error;

/** A gateway that gives these answers, one after the other, and the last one for ever. */
function gateway(...replies: readonly Reply[]) {
  const sent: Sent[] = [];
  const slept: number[] = [];
  let now = Date.parse('2026-03-01T12:00:00Z');
  const deps: PublishDependencies = {
    fetch: (address, init = {}) => {
      const { method = 'GET', headers, body } = init;
      sent.push({
        url: address instanceof URL ? address.href : '',
        method,
        headers: new Headers(headers),
        body: typeof body === 'string' ? body : '',
      });
      const reply = replies[Math.min(sent.length, replies.length) - 1];
      return reply instanceof Response
        ? Promise.resolve(reply.clone())
        : Promise.reject(reply ?? new Error('no reply'));
    },
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    now: () => new Date(now),
    random: () => 0.5,
  };
  return { deps, sent, slept };
}

const accepted = () => Response.json({ status: 'accepted', eventId: 'o-1' }, { status: 202 });
const away = (status: number, headers = {}) => Response.json({ message: 'away' }, { status, headers });

afterEach(() => vi.unstubAllEnvs());

/** The signature as AWS documents it, written once more. */
function signatureOf({ url: address, headers, body }: Sent, secret: string, region: string) {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const { host, pathname } = new URL(address);
  const time = headers.get('x-amz-date') ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const lines = names.split(';').map((name) => `${name}:${name === 'host' ? host : headers.get(name)}\n`);
  const canonical = ['POST', pathname, '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const key = [region, 'execute-api', 'aws4_request'].reduce(
    (signing, part) => hmac(signing, part),
    hmac(`AWS4${secret}`, time.slice(0, 8)),
  );
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  return { scope, names: names.split(';'), signature: hmac(key, text).toString('hex') };
}

describe('publish', () => {
  it('posts the event to the source, signed for IAM', async () => {
    const { deps, sent } = gateway(accepted());

    const published = await publish(options, deps);

    expect(published).toEqual({ eventId: 'o-1', isDuplicate: false });
    const [one] = sent;
    expect(one).toMatchObject({
      url: `${url}/events/orders`,
      method: 'POST',
      body: '{"id":"o-1","type":"paid"}',
    });
    const { scope, names, signature } = signatureOf(one!, credentials.secretAccessKey, 'eu-central-1');
    expect(names).toEqual(
      expect.arrayContaining(['content-type', 'host', 'x-amz-date', 'x-amz-security-token']),
    );
    expect(one!.headers.get('authorization')).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    );
    expect(one!.headers.get('x-amz-security-token')).toBe('session');
  });

  it('takes keys and region from the environment where there are no others', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'env-secret');
    vi.stubEnv('AWS_SESSION_TOKEN', undefined);
    vi.stubEnv('AWS_REGION', 'us-west-2');
    const { deps, sent } = gateway(accepted());

    await publish({ url: 'https://hooks.example.com', source: 'orders', event: { id: 'o-1' } }, deps);

    const { signature, scope } = signatureOf(sent[0]!, 'env-secret', 'us-west-2');
    expect(sent[0]!.headers.get('authorization')).toContain(`Credential=AKIDENV/${scope}`);
    expect(sent[0]!.headers.get('authorization')).toContain(`Signature=${signature}`);
    expect(sent[0]!.headers.has('x-amz-security-token')).toBe(false);
  });

  it.each([
    ['AWS_ACCESS_KEY_ID', 'credentials'],
    ['AWS_REGION', 'region'],
  ])('says what it needs where %s is missing, and sends nothing', async (missing, what) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'env-secret');
    vi.stubEnv('AWS_REGION', 'us-west-2');
    vi.stubEnv(missing, undefined);
    const { deps, sent } = gateway(accepted());

    const published = publish({ url: 'https://hooks.example.com', source: 'orders', event: {} }, deps);

    await expect(published).rejects.toThrow(what);
    expect(sent).toEqual([]);
  });

  it('gives an event without an id one, and tries with the same bytes: all tries are one event', async () => {
    const { deps, sent, slept } = gateway(away(503), new TypeError('fetch failed'), away(429), accepted());

    await publish({ ...options, event: { type: 'paid' } }, deps);

    expect(sent).toHaveLength(4);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    const { id } = JSON.parse(sent[0]!.body) as { id: string };
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    // Half of 0.5, 1 and 2 s.
    expect(slept).toEqual([250, 500, 1000]);
  });

  it('signs each try anew, since a signature is good for five minutes', async () => {
    const { deps, sent } = gateway(away(503, { 'retry-after': '30' }), accepted());

    await publish(options, deps);

    const [first, second] = sent.map(({ headers }) => headers.get('x-amz-date'));
    expect([first, second]).toEqual(['20260301T120000Z', '20260301T120030Z']);
  });

  it.each([
    ['5', 5000],
    ['3600', 60_000],
  ])('waits as Retry-After: %s says, a minute at most', async (after, ms) => {
    const { deps, slept } = gateway(away(429, { 'retry-after': after }), accepted());

    await publish(options, deps);

    expect(slept).toEqual([ms]);
  });

  it.each([[200], [409]])('takes a duplicate for success, whatever its status: %i', async (status) => {
    const duplicate = Response.json({ status: 'duplicate', eventId: 'o-1', state: 'processed' }, { status });
    const { deps } = gateway(away(503), duplicate);

    expect(await publish(options, deps)).toEqual({ eventId: 'o-1', isDuplicate: true });
  });

  it('takes any success for one, in whatever words the source answers', async () => {
    const { deps } = gateway(new Response('Thanks', { status: 200 }));

    expect(await publish(options, deps)).toEqual({ eventId: 'o-1', isDuplicate: false });
  });

  it.each([
    [400, 'The body is not valid JSON.'],
    [403, 'Forbidden'],
    [404, 'There is no source of this name.'],
    [409, 'in another way'],
    [302, 'elsewhere'],
  ])('does not try again what is refused with %i', async (status, detail) => {
    const { deps, sent } = gateway(Response.json({ detail }, { status }));

    const error: unknown = await publish(options, deps).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(PublishError);
    expect(error).toMatchObject({ eventId: 'o-1', isRefused: true });
    expect(String(error)).toContain(`${status} ${detail}`);
    expect(sent).toHaveLength(1);
  });

  it.each([[408], [429], [500], [502], [503], [504]])(
    'gives up after its attempts at %i, and names the id',
    async (status) => {
      const { deps, sent } = gateway(away(status));

      const published = publish({ ...options, attempts: 3 }, deps);

      await expect(published).rejects.toMatchObject({ eventId: 'o-1', isRefused: false });
      expect(sent).toHaveLength(3);
    },
  );

  it('does not sign for the local cloud', async () => {
    const { deps, sent } = gateway(accepted());

    await publish({ url: 'http://127.0.0.1:4700', source: 'orders', event: { id: 'o-1' } }, deps);

    expect(sent[0]).toMatchObject({ url: 'http://127.0.0.1:4700/events/orders' });
    expect(sent[0]!.headers.has('authorization')).toBe(false);
  });
});
