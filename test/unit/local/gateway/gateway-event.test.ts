import { describe, expect, test } from 'vitest';
import { gatewayEvent, type GatewayRequest } from '../../../../local/gateway/gateway-event.ts';

const matched = {
  route: { method: 'ANY', path: '/webhooks/{source}', function: 'ingest', isPublic: true },
  parameters: { source: 'acme' },
} as const;

const eventOf = (request: Partial<GatewayRequest>) =>
  gatewayEvent(
    {
      method: 'POST',
      path: '/webhooks/acme',
      rawQuery: '',
      protocol: 'HTTP/1.1',
      rawHeaders: [],
      sourceIp: '127.0.0.7',
      body: Buffer.alloc(0),
      requestId: 'request-1',
      now: new Date('2026-11-04T09:05:00.250Z'),
      ...request,
    },
    matched,
  );

const withBody = (body: Buffer, contentType?: string) =>
  eventOf({ body, rawHeaders: contentType === undefined ? [] : ['Content-Type', contentType] });

describe('the event of a request', () => {
  test('says how the request came and where it goes', () => {
    const event = eventOf({ rawHeaders: ['Host', 'hooks.example:4700', 'User-Agent', 'curl/8'] });

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /webhooks/{source}',
      rawPath: '/webhooks/acme',
      rawQueryString: '',
      pathParameters: { source: 'acme' },
      requestContext: {
        stage: '$default',
        requestId: 'request-1',
        time: '04/Nov/2026:09:05:00 +0000',
        timeEpoch: Date.parse('2026-11-04T09:05:00.250Z'),
        http: {
          method: 'POST',
          path: '/webhooks/acme',
          sourceIp: '127.0.0.7',
          userAgent: 'curl/8',
          protocol: 'HTTP/1.1',
        },
      },
    });
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('cookies');
  });

  test('has header names in lower case and joins repeated ones with commas', () => {
    const event = eventOf({ rawHeaders: ['X-One', 'a', 'x-one', 'b', 'Connection', 'close', 'X-Two', 'c'] });

    expect(event.headers).toMatchObject({ 'x-one': 'a,b', 'x-two': 'c' });
    expect(event.headers).not.toHaveProperty('connection');
  });

  test('keeps a header that is named like a property of every object', () => {
    const event = eventOf({ rawHeaders: ['__proto__', 'x', 'constructor', 'y'] });

    expect(Object.entries(event.headers)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    );
  });

  test('adds its own address to those the request was forwarded for', () => {
    const event = eventOf({ rawHeaders: ['X-Forwarded-For', '10.0.0.1'] });

    expect(event.headers['x-forwarded-for']).toBe('10.0.0.1, 127.0.0.7');
  });

  test('takes cookies out of the headers', () => {
    const event = eventOf({ rawHeaders: ['Cookie', 'a=1; b=2', 'Cookie', 'c=3'] });

    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('keeps the query as it came, decodes it too, and joins repeated names', () => {
    const event = eventOf({ rawQuery: 'a=1&a=2&b=x%20y' });

    expect(event.rawQueryString).toBe('a=1&a=2&b=x%20y');
    expect(event.queryStringParameters).toEqual({ a: '1,2', b: 'x y' });
  });

  test('decodes the path, except one that cannot be decoded', () => {
    expect(eventOf({ path: '/webhooks/%61cme' }).rawPath).toBe('/webhooks/acme');
    expect(eventOf({ path: '/webhooks/%' }).rawPath).toBe('/webhooks/%');
  });
});

describe('the body of a request', () => {
  test.each(['application/json', 'Application/JSON; charset=utf-8', 'text/plain', 'application/xml'])(
    'is text under %s',
    (contentType) => {
      const event = withBody(Buffer.from('{"name":"Zoë 🎉"}'), contentType);

      expect(event).toMatchObject({ body: '{"name":"Zoë 🎉"}', isBase64Encoded: false });
    },
  );

  test.each([
    undefined,
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/jsonp',
  ])('is base64 under %s', (contentType) => {
    const event = withBody(Buffer.from('a=1'), contentType);

    expect(event).toMatchObject({ body: 'YT0x', isBase64Encoded: true });
  });

  test.each([
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a truncated character', Buffer.from([0xe2, 0x82])],
    ['a surrogate half', Buffer.from([0xed, 0xa0, 0x80])],
    ['a byte order mark', Buffer.from('\uFEFF{}')],
    ['NUL bytes', Buffer.from('{"a":"\0"}')],
  ])('survives with %s', (_, bytes) => {
    const event = withBody(bytes, 'application/json');

    expect(Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')).toEqual(bytes);
  });

  test('is absent where there is none', () => {
    const event = withBody(Buffer.alloc(0), 'application/json');

    expect(event).not.toHaveProperty('body');
    expect(event.isBase64Encoded).toBe(false);
  });
});
