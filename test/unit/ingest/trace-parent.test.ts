import { expect, it } from 'vitest';
import { traceParentOf } from '../../../functions/ingest/trace-parent.ts';

/** The example of https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html */
const xRay = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const traceParent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('keeps a valid traceparent', () => {
  expect(traceParentOf({ traceparent: traceParent }, xRay)).toBe(traceParent);
});

it.each([
  ['of version ff', `ff${traceParent.slice(2)}`],
  ['without a trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['without a parent', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
  ['in upper case', traceParent.toUpperCase()],
  ['with something behind it', `${traceParent}-x`],
])('drops a traceparent %s', (_what, sent) => {
  expect(traceParentOf({ traceparent: sent }, undefined)).toBeUndefined();
});

it('is the one of X-Ray, where it records the request and the sender sent none', () => {
  expect(traceParentOf({}, xRay)).toBe('00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01');
});

it.each([
  undefined,
  '',
  xRay.replace('Sampled=1', 'Sampled=0'),
  'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
])('is none where X-Ray records nothing: %s', (header) => {
  expect(traceParentOf({}, header)).toBeUndefined();
});
