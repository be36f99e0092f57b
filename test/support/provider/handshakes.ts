import { expect } from 'vitest';
import { findHandshake } from '../../../functions/handshakes/handshake.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import type { Source } from '../../../functions/sources/source.ts';
import { aRequest } from '../a-request.ts';

const context = { secrets: ['newest', 'older'], handshakeSecrets: ['typed'], now: new Date() };

/** What a request is answered as a handshake, before (`isSigned` false) or after its signature was found right. */
export const ask = (
  { handshakes = [] }: Source,
  request: VerifiableRequest,
  isSigned: boolean,
  secrets: readonly string[] = context.secrets,
) => findHandshake(handshakes, request, isSigned, { ...context, secrets });

export const before = (source: Source, request: Parameters<typeof aRequest>[0]) =>
  ask(source, aRequest(request), false);
export const after = (source: Source, request: Parameters<typeof aRequest>[0]) =>
  ask(source, aRequest(request), true);

export const answered = (name: string, answer: object) => ({ kind: 'answer', name, answer });

export const plain = (body: string) => ({
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body,
});

/** What the answer of a source is made from. */
export const outcome = (status: number, body: unknown = {}) => ({
  events: [],
  correlationId: 'c',
  processingTimeMs: 1,
  headers: {},
  body,
  standard: { status, body: { status: 'accepted' } },
});

/** Answers a look at the address, and takes an event for none. */
export function answersLook(source: Source, method: 'GET' | 'HEAD'): void {
  expect(before(source, { method })).toMatchObject({ kind: 'answer', answer: { status: 200 } });
  expect(before(source, { method: 'POST' })).toBeUndefined();
}

/** Answers a ping once its signature was found right, and takes nothing else for one. */
export function answersPing(source: Source, body: unknown, answer: object = { status: 200 }): void {
  const request = { body: JSON.stringify(body) };

  expect(after(source, request)).toMatchObject({ kind: 'answer', answer });
  expect(before(source, request)).toBeUndefined();
  expect(after(source, { body: '{"type":"2","event":{}}' })).toBeUndefined();
  expect(after(source, { body: '{"event_type":"FILE_UPDATE","topic":"other"}' })).toBeUndefined();
}

/** Tells its sender nothing but what that takes for success; that a duplicate is one stands. */
export function tells({ respond }: Source, answer: object): void {
  expect(respond?.(outcome(202))).toEqual(answer);
  expect(respond?.(outcome(409))).toMatchObject({ status: 409 });
}
