import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { WaitItem } from '../lane/lane.ts';
import { eventKey, parseEventKey } from '../ledger/keys.ts';
import {
  discard,
  redrive,
  release,
  replay,
  resolve,
  type RepairDeps,
  type Action,
  type ActOutcome,
} from '../lane/repair.ts';
import { found, problem, type ProblemCause } from './answer.ts';
import type { AttentionList } from './attention-list.ts';
import { auditView } from './audit-view.ts';
import { eventView } from './event-view.ts';
import type { Lookup } from './find-lookups.ts';
import { findOperation, type ActionName, type Named, type Operation } from './find-operation.ts';
import { laneView } from './lane-view.ts';
import type { OperationsRequest } from './operations-request.ts';
import { readReason } from './read-reason.ts';

export interface OperationsDeps extends RepairDeps {
  readonly readAttention: () => Promise<AttentionList>;
}

type Answer = Promise<APIGatewayProxyStructuredResultV2>;

/** The operations API: what operators see and do. Never throws. */
export async function operations(request: OperationsRequest, deps: OperationsDeps): Answer {
  const { method, path } = request;
  try {
    return await answerTo(findOperation(method, path), request, deps);
  } catch (error) {
    deps.log.error('the ledger cannot be reached', { reason: String(error), method, path });
    return problem('ledger-unreachable');
  }
}

async function answerTo(operation: Operation, request: OperationsRequest, deps: OperationsDeps): Answer {
  switch (operation.kind) {
    case 'health':
      return await health(deps);
    case 'attention':
      return found(await deps.readAttention());
    case 'read-event':
      return await readEvent(operation.lookups, deps);
    case 'read-lane':
      return await readLane(operation.lane, deps);
    case 'act':
      return await act(operation.event, actions[operation.action], 'unknown-event', request, deps);
    case 'release':
      return await act(operation.lane, releaseLane, 'nothing-held', request, deps);
    case 'other-method':
      return problem('method-not-allowed', { allow: operation.allow });
    case 'unknown':
      return problem('not-found');
  }
}

/** One small read: is there a ledger that answers? */
async function health({ ledger }: OperationsDeps): Answer {
  await ledger.newest(eventKey('health', 'health'));
  return found({ status: 'ok' });
}

/** A sender in a loop makes any audit longer than what Lambda answers: 6 MB, of the body as text within JSON. */
const mostAudited = 2000;
const mostAnsweredBytes = 5_500_000;

function newestThatFit<T>(items: readonly T[]): readonly T[] {
  let bytes = 0;
  let from = items.length;
  while (from > Math.max(0, items.length - mostAudited)) {
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(items[from - 1])));
    if (bytes > mostAnsweredBytes) break;
    from--;
  }
  return items.slice(from);
}

async function readEvent(lookups: readonly Lookup[], { ledger }: OperationsDeps): Answer {
  for (const { key, view } of lookups) {
    const record = await ledger.readWithNotes(key);
    const event = eventView(key, record);
    if (event === undefined) continue;
    if (view === 'event') return found(event);
    const story = auditView(record);
    const items = newestThatFit(story);
    return found({ items, more: record.more || items.length < story.length });
  }
  return problem('unknown-event');
}

/** Of those that wait, only so many are shown. */
const mostWaiting = 50;

async function readLane({ source, ids }: Named, { lanes, ledger, sources }: OperationsDeps): Answer {
  const names = ids.map((entity) => `${source}#${entity}`);
  for (const name of names) {
    const lane = await lanes.read(name);
    if (lane === undefined) continue;
    const turnState = lane.turn && ((await ledger.newest(lane.turn))?.state ?? 'pending');
    const first = lane.waiting === 0 ? [] : await take(mostWaiting, lanes.waiting(name));
    return found(laneView(lane, turnState, first));
  }
  // A lane without an item is open; any entity of a source may have one.
  return Object.hasOwn(sources, source)
    ? found({ lane: names[0], state: 'open' })
    : problem('unknown-source');
}

async function take(most: number, all: AsyncIterable<WaitItem>): Promise<readonly WaitItem[]> {
  const taken: WaitItem[] = [];
  for await (const one of all) if (taken.push(one) === most) break;
  return taken;
}

/** Does something to the event or entity of this id. */
type Act = (action: Action, deps: RepairDeps) => Promise<ActOutcome>;

const actions: Readonly<Record<ActionName, Act>> = { redrive, replay, discard, resolve };

const releaseLane: Act = ({ eventId: entity, ...action }, deps) =>
  release({ ...action, lane: `${action.source}#${entity}` }, deps);

async function act(
  { source, ids }: Named,
  doIt: Act,
  whereNone: ProblemCause,
  { body, actor }: OperationsRequest,
  deps: OperationsDeps,
): Answer {
  const reason = readReason(body);
  if (reason === undefined) return problem('invalid-body');
  if (!Object.hasOwn(deps.sources, source)) return problem('unknown-source');
  for (const eventId of ids) {
    const outcome = await doIt({ source, eventId, actor, reason }, deps);
    if (outcome.kind === 'refused') return problem('refused', { state: outcome.state });
    if (outcome.kind === 'done') return found({ ...parseEventKey(outcome.event), state: outcome.state });
  }
  return problem(whereNone);
}
