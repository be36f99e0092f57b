import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerOf, isNothing, problem, type Answer } from './answer.ts';
import type { OperationsDeps } from './deps.ts';
import { findReadings, methodsOf } from './find-readings.ts';
import type { OperationsRequest } from './operations-request.ts';
import { routes } from './routes.ts';

/** The operations API: what operators see and do. Never throws. */
export async function operations(
  request: OperationsRequest,
  deps: OperationsDeps,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method, path } = request;
  try {
    return answerOf(await answerTo(request, deps));
  } catch (error) {
    deps.log.error('the ledger cannot be reached', { reason: String(error), method, path });
    return answerOf(problem('ledger-unreachable'));
  }
}

async function answerTo(request: OperationsRequest, deps: OperationsDeps): Promise<Answer> {
  const { method, path } = request;
  let first: Answer | undefined;
  for (const { route, named } of findReadings(routes, method, path)) {
    const answer = await route.serve({ ...request, named }, deps);
    if (!isNothing(answer)) return answer;
    first ??= answer;
  }
  if (first !== undefined) return first;
  const methods = methodsOf(routes, path);
  return methods.length === 0
    ? problem('not-found')
    : problem('method-not-allowed', { allow: methods.join(', ') });
}
