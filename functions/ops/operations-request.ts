import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';

export interface OperationsRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Who asks, as the audit names them. */
  readonly actor: string;
}

/** What API Gateway adds on every route that is IAM-signed: all of them but `/health`. */
const signed = z.object({ authorizer: z.object({ iam: z.object({ userArn: z.string().min(1) }) }) });

/** The actor of requests to a gateway that asks for no signature: the local cloud's. */
const unsigned = 'local';

/** Reads an event of API Gateway's payload format 2.0. */
export function readOperationsRequest(event: APIGatewayProxyEventV2): OperationsRequest {
  const { body = '', isBase64Encoded, rawPath, requestContext } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    actor: signed.safeParse(requestContext).data?.authorizer.iam.userArn ?? unsigned,
  };
}
