import { createServer, type Server, type Socket } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { environment } from '../../../functions/runtime/settings.ts';

/** Takes connections and never says a word: the worst way to be down. */
let silent: Server;
const connections = new Set<Socket>();
let handler: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  silent = createServer((connection) => connections.add(connection));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  Object.assign(process.env, {
    [environment.ledgerTable]: 'ledger',
    [environment.stateTable]: 'state',
    [environment.bodyBucket]: 'bodies',
    [environment.secretPrefix]: 'hooklane',
    [environment.queueUrl]: `${endpoint}/000000000000/lanes.fifo`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: endpoint,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
  ({ handler } = await import('../../../functions/ingest/handler.ts'));
});
afterAll(async () => {
  for (const connection of connections) connection.destroy();
  await new Promise((resolve) => silent.close(resolve));
});

const post = (source: string): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'ANY /webhooks/{proxy+}',
  rawPath: `/webhooks/${source}`,
  rawQueryString: '',
  headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
  pathParameters: { proxy: source },
  requestContext: {
    accountId: '000000000000',
    apiId: 'local',
    domainName: 'localhost',
    domainPrefix: 'localhost',
    http: { method: 'POST', path: '', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
    requestId: 'r-1',
    routeKey: 'ANY /webhooks/{proxy+}',
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  body: '{}',
  isBase64Encoded: false,
});

it.concurrent.each([
  ['the ledger', 'payments', 'ledger-unreachable'],
  ['the secret store', 'acme', 'secrets-unreachable'],
])('G1: answers 503 within 5 s where %s takes connections and says nothing', async (_what, source, cause) => {
  const begin = performance.now();

  const answer = await handler(post(source));

  expect(answer.statusCode).toBe(503);
  expect(JSON.parse(answer.body ?? '')).toMatchObject({ cause });
  expect(performance.now() - begin).toBeLessThan(5000);
});
