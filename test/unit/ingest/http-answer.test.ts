import { expect, it } from 'vitest';
import { toHttpAnswer } from '../../../functions/ingest/http-answer.ts';

it('sends an object as JSON', () => {
  const { headers, body } = toHttpAnswer({ status: 202, body: { a: 1 } });

  expect(headers).toMatchObject({ 'content-type': 'application/json' });
  expect(body).toBe('{"a":1}');
});

it('sends a text as it is', () => {
  const { headers, body } = toHttpAnswer({ status: 200, body: '[accepted]' });

  expect(headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8' });
  expect(body).toBe('[accepted]');
});

it('leaves a content type that is given, however it is spelled', () => {
  const { headers } = toHttpAnswer({ status: 200, headers: { 'Content-Type': 'text/xml' }, body: '<a/>' });

  expect(headers).toEqual({ 'content-type': 'text/xml', 'x-content-type-options': 'nosniff' });
});

it('sends no body where there is none', () => {
  expect(toHttpAnswer({ status: 204 })).toEqual({ statusCode: 204, headers: {} });
});
