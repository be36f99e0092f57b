import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { readOperationsRequest } from '../../../functions/ops/operations-request.ts';
import { gatewayEvent } from '../../../local/gateway/gateway-event.ts';

function asked(contentType = 'application/json', authorizer?: unknown): APIGatewayProxyEventV2 {
  const event = gatewayEvent(
    {
      method: 'POST',
      path: '/ops/events/acme/a%2Fb/discard',
      rawQuery: '',
      protocol: 'HTTP/1.1',
      rawHeaders: ['Content-Type', contentType],
      sourceIp: '127.0.0.1',
      body: Buffer.from('{"reason":"gesühnt"}'),
      requestId: 'r-1',
      now: new Date(),
    },
    {
      route: { method: 'ANY', path: '/ops/{proxy+}', function: 'ops', isPublic: false },
      parameters: {},
    },
  );
  return authorizer === undefined
    ? event
    : { ...event, requestContext: Object.assign(event.requestContext, { authorizer }) };
}

it('names whoever signed the request', () => {
  const userArn = 'arn:aws:sts::000000000000:assumed-role/operator/ada';

  expect(readOperationsRequest(asked('application/json', { iam: { userArn } })).actor).toBe(userArn);
});

it('takes whoever reaches the local cloud for one user', () => {
  expect(readOperationsRequest(asked()).actor).toBe('arn:aws:iam::000000000000:user/local');
});

it.each([[null], [{}], [{ iam: null }], [{ iam: { userArn: '' } }]])(
  'names anybody where nobody signed: %o',
  (authorizer) => {
    expect(readOperationsRequest(asked('application/json', authorizer)).actor).toBe('anybody');
  },
);

it.each(['application/json', 'application/x-www-form-urlencoded'])('reads a body sent as %s', (type) => {
  expect(readOperationsRequest(asked(type))).toMatchObject({
    method: 'POST',
    path: '/ops/events/acme/a/b/discard',
    body: '{"reason":"gesühnt"}',
  });
});
