import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { callerOf } from '../runtime/iam-caller.ts';

export interface OperationsRequest {
  readonly method: string;
  readonly path: string;
  /** One that is given twice has both values, with a comma between them, as API Gateway has it. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  /** Who asks, as the audit names them. */
  readonly actor: string;
}

/** Who asks for `/health`, the one route that is not signed. */
const anybody = 'anybody';

/** Reads an event of API Gateway's payload format 2.0. */
export function readOperationsRequest(event: APIGatewayProxyEventV2): OperationsRequest {
  const { body = '', isBase64Encoded, rawPath, rawQueryString, requestContext } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: readQuery(rawQueryString),
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    actor: callerOf(requestContext) ?? anybody,
  };
}

export function readQuery(text: string): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(values);
}
