import { describe, expect, test } from 'vitest';
import { gatewayResponse } from '../../../../local/gateway/gateway-response.ts';

describe('a result with a status code', () => {
  test('is the response', () => {
    const response = gatewayResponse({
      statusCode: 202,
      headers: { 'X-Count': 3, 'Content-Type': 'text/html' },
      cookies: ['a=1', 'b=2'],
      body: 'Zoë',
    });

    expect(response).toEqual({
      status: 202,
      headers: { 'x-count': '3', 'content-type': 'text/html' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('Zoë'),
    });
  });

  test('has its body decoded where it says so', () => {
    const response = gatewayResponse({ statusCode: 200, body: '//4=', isBase64Encoded: true });

    expect(response.body).toEqual(Buffer.from([0xff, 0xfe]));
  });

  test.each([
    { statusCode: 'many' },
    { statusCode: 42 },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: [] },
  ])('is a 500 where it is malformed: %j', (result) => {
    const response = gatewayResponse(result);

    expect(response.status).toBe(500);
    expect(String(response.body)).toBe('{"message":"Internal Server Error"}');
  });
});

describe('a result without a status code', () => {
  test.each([
    [{ a: 1 }, '{"a":1}'],
    ['text', 'text'],
    [null, 'null'],
    [undefined, 'null'],
  ])('%j is the body of a 200', (result, body) => {
    const response = gatewayResponse(result);

    expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(String(response.body)).toBe(body);
  });
});
