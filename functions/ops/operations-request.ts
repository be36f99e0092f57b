import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { callerOf } from '../runtime/iam-caller.ts';

export interface OperationsRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Who asks, as the audit names them. */
  readonly actor: string;
}

/** Who asks for `/health`, the one route that is not signed. */
const anybody = 'anybody';

/** Reads an event of API Gateway's payload format 2.0. */
export function readOperationsRequest(event: APIGatewayProxyEventV2): OperationsRequest {
  const { body = '', isBase64Encoded, rawPath, requestContext } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    actor: callerOf(requestContext) ?? anybody,
  };
}
