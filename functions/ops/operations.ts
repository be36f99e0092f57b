import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Log } from '../handler-api/handler.ts';
import { eventKey } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { found, problem } from './answer.ts';
import { auditView } from './audit-view.ts';
import { eventView } from './event-view.ts';
import { findLookups, type Lookup } from './find-lookups.ts';

export interface OperationsDeps {
  readonly ledger: Pick<Ledger, 'newest' | 'readWithNotes'>;
  readonly log: Log;
}

export interface OperationsRequest {
  readonly method: string;
  readonly path: string;
}

/** The read side of operations. Never throws. */
export async function operations(
  { method, path }: OperationsRequest,
  deps: OperationsDeps,
): Promise<APIGatewayProxyStructuredResultV2> {
  const lookups = findLookups(path);
  if (path !== '/health' && lookups.length === 0) return problem('not-found');
  if (method !== 'GET') return problem('method-not-allowed');
  try {
    return path === '/health' ? await health(deps) : await readEvent(lookups, deps);
  } catch (error) {
    deps.log.error('the ledger cannot be read', { reason: String(error), path });
    return problem('ledger-unreachable');
  }
}

/** One small read: is there a ledger that answers? */
async function health({ ledger }: OperationsDeps): Promise<APIGatewayProxyStructuredResultV2> {
  await ledger.newest(eventKey('health', 'health'));
  return found({ status: 'ok' });
}

async function readEvent(
  lookups: readonly Lookup[],
  { ledger }: OperationsDeps,
): Promise<APIGatewayProxyStructuredResultV2> {
  for (const { key, view } of lookups) {
    const record = await ledger.readWithNotes(key);
    const event = eventView(key, record);
    if (event) return found(view === 'audit' ? { items: auditView(record) } : event);
  }
  return problem('unknown-event');
}
