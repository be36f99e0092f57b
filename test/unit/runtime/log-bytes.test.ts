import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { assumed } from '../../../bench/prices.ts';
import { countedLedger } from '../../../functions/processor/metrics.ts';
import { measured } from '../../../functions/runtime/metrics.ts';
import { powertoolsLog } from '../../../functions/runtime/powertools-log.ts';
import { accessLogLine } from '../../../infra/constructs/http-api.ts';
import { anEvent, ledgerOn } from '../../support/ledger-fixture.ts';
import { memoryDatabase } from '../../support/memory-database.ts';

beforeEach(() => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'Hooklane-WebhooksProcessor1D3A5C7E-aBcDeFgHiJkL');
  // As Lambda sets it, whether the function is traced or not.
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The line that the function writes. */
function lineOf(service: string, message: string, fields: Record<string, unknown>): string {
  const written: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
  powertoolsLog(service).info(message, fields);
  stdout.mockRestore();
  return written.join('');
}

/** As API Gateway makes them. */
const correlationId = 'JKJaXmPLvHcESHA=';
const eventId = 'evt_1MqqbKLt4dXK03v5qaIbiNCC';

it('a request costs the bytes that are priced: the access log, and one line that leads to its events', () => {
  const line = lineOf('ingest', 'answered', {
    source: 'stripe',
    status: 202,
    correlationId,
    events: [eventId],
    ...measured<'ingest'>({ Accepted: 1, Duplicates: 0, AcknowledgedMs: 21, SignatureBalance: -1 }),
  });
  const access = accessLogLine
    .replace('$context.requestId', correlationId)
    .replace('$context.identity.sourceIp', '203.0.113.7')
    .replace('$context.httpMethod', 'POST')
    .replace('$context.path', '/webhooks/stripe')
    .replace('$context.status', '202')
    .replace('$context.responseLatency', '30')
    .replace('$context.error.responseType', '-')
    .replace('$context.integrationErrorMessage', '-');

  console.log(`a request: ${access.length} + ${line.length} bytes of log`);
  expect(JSON.parse(access)).toMatchObject({ path: '/webhooks/stripe', requestId: correlationId });
  expect(access).not.toContain('$');
  expect(line).not.toMatch(/xray|sampling|_aws/);
  expect(access.length + line.length).toBeLessThanOrEqual(assumed.ingestLogBytes);
});

it('a message costs the bytes that are priced, in a line that leads to its event, its lane and its request', async () => {
  const database = memoryDatabase();
  const { ledger } = ledgerOn(database.dynamodb, await database.table('ledger'));
  const event = anEvent({ source: 'stripe', eventId, lane: 'stripe#cus_NffrFeUfNV2Hib', correlationId });
  await ledger.accept(event);
  const counted = countedLedger(ledger);
  await counted.ledger.read(`stripe#${eventId}`);
  const { event: named } = counted.take();

  const line = lineOf('processor', 'taken', {
    ...named,
    ...measured<'processor'>({ Processed: 1, EndToEndMs: 120 }),
  });

  console.log(`a message: ${line.length} bytes of log`);
  expect(JSON.parse(line)).toMatchObject({
    event: `stripe#${eventId}`,
    lane: event.lane,
    correlationId,
  });
  expect(line.length).toBeLessThanOrEqual(assumed.workLogBytes);
  expect(counted.take().event).toBeUndefined();
});
