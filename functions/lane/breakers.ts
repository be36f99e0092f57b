import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Log, TransactItem } from '../api/handler.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { clearAttention, matterKey, raiseBreaker } from './attention.ts';
import { breakerKey, parseBreaker, type Breaker, type BreakerRules } from './breaker.ts';
import { after, later } from './due.ts';
import { sourceKey } from './gate.ts';
import type { GateDeps } from './gates.ts';
import type { LaneStore } from './lane-store.ts';

export interface BreakerDeps extends GateDeps {
  readonly lanes: Pick<LaneStore, 'commit'>;
  readonly ledger: Pick<Ledger, 'notePut'>;
  readonly log: Log;
  readonly now: () => Date;
}

const defaultProbeSeconds = 60;

/** As the audit has it. */
interface Why {
  readonly actor: string;
  readonly reason: string;
}

/** An item of a transaction, which is refused where the breaker is not as the condition says. */
const change = (
  name: string,
  { stateTable: TableName }: Pick<GateDeps, 'stateTable'>,
  UpdateExpression: string,
  ConditionExpression: string,
  ExpressionAttributeValues: Readonly<Record<string, string | number>>,
): TransactItem => {
  const update = { UpdateExpression, ConditionExpression, ExpressionAttributeValues };
  return { Update: { TableName, Key: breakerKey(name), ...update } };
};

/** Undefined: nothing has failed yet. `isConsistent` (default false) costs twice as much: what runs reads it with each event. */
export async function readBreaker(
  name: string,
  { dynamodb, stateTable }: GateDeps,
  { isConsistent = false } = {},
): Promise<Breaker | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: stateTable, Key: breakerKey(name), ConsistentRead: isConsistent }),
  );
  return Item && parseBreaker(Item);
}

/** An attempt failed: one more in a row. The one that makes them enough trips the breaker: audited, and on the attention list. */
export async function countFailure(
  name: string,
  rules: BreakerRules,
  actor: string,
  deps: BreakerDeps,
): Promise<void> {
  const { dynamodb, stateTable: TableName } = deps;
  const { Attributes } = await dynamodb.send(
    new UpdateCommand({
      TableName,
      Key: breakerKey(name),
      UpdateExpression: 'SET #name = :name ADD failures :one',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': name, ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const { failures = 0, trippedAt } = (Attributes && parseBreaker(Attributes)) ?? {};
  if (failures < rules.failures || trippedAt !== undefined) return;
  const now = deps.now();
  // Of many that fail at once one trips it; one that goes well in between prevents it.
  const isFirst = 'attribute_not_exists(trippedAt) AND failures >= :enough';
  const trip = change(name, deps, 'SET trippedAt = :now, probeAt = :probeAt', isFirst, {
    ':now': now.toISOString(),
    ':probeAt': after(now, rules.probeSeconds ?? defaultProbeSeconds).toISOString(),
    ':enough': rules.failures,
  });
  const reason = `${failures} failures in a row`;
  await deps.lanes.commit([
    trip,
    deps.ledger.notePut(sourceKey(name), { what: 'tripped', actor, reason }),
    raiseBreaker(TableName, name, now),
  ]);
}

/** A lane stops although nothing has failed: the sweeper looks behind every gate that has an item. */
export async function standAtGate(name: string, { dynamodb, stateTable }: GateDeps): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: stateTable,
      Key: breakerKey(name),
      UpdateExpression: 'SET #name = :name, failures = if_not_exists(failures, :none)',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': name, ':none': 0 },
    }),
  );
}

/** An attempt went well: what failed before it counts no more. */
export async function forgetFailures({ name }: Breaker, deps: BreakerDeps): Promise<void> {
  await deps.lanes.commit([
    change(name, deps, 'SET failures = :none', 'attribute_not_exists(trippedAt)', { ':none': 0 }),
  ]);
}

/** The probe went well, an operator says that the destination is back, or the source has no breaker any more: its lanes go on. */
export async function resetBreaker(
  { name, trippedAt }: Breaker,
  { actor, reason, isByOperator = false }: Why & { readonly isByOperator?: boolean },
  deps: Pick<BreakerDeps, 'lanes' | 'ledger' | 'stateTable' | 'now'>,
): Promise<'committed' | 'moved'> {
  // Who says that the destination is back also takes back that it asked to wait.
  const also = isByOperator ? ', closedUntil' : '';
  const reset = `SET failures = :none, resetAt = :now REMOVE trippedAt, probeAt, prober${also}`;
  const isAsRead = trippedAt ? 'trippedAt = :read' : 'attribute_not_exists(trippedAt)';
  return await deps.lanes.commit([
    change(name, deps, reset, isAsRead, {
      ':none': 0,
      ':now': deps.now().toISOString(),
      ...(trippedAt ? { ':read': trippedAt.toISOString() } : {}),
    }),
    deps.ledger.notePut(sourceKey(name), { what: 'reset', actor, reason }),
    clearAttention(deps.stateTable, matterKey(name, 'breaker')),
  ]);
}

/** Of all events that meet a breaker whose probe is due one gets it, over all function instances; the next probe is due later. */
export async function claimProbe(
  { name }: Breaker,
  event: EventKey,
  { probeSeconds = defaultProbeSeconds }: BreakerRules,
  deps: BreakerDeps,
): Promise<boolean> {
  const now = deps.now();
  const isDue =
    'attribute_exists(trippedAt) AND probeAt <= :now AND (attribute_not_exists(prober) OR prober = :event)';
  const claim = change(name, deps, 'SET probeAt = :next REMOVE prober', isDue, {
    ':now': now.toISOString(),
    ':next': after(now, probeSeconds).toISOString(),
    ':event': event,
  });
  return (await deps.lanes.commit([claim])) === 'committed';
}

/** Names the event that is let through to be the next probe. False: another run of the sweeper did, or the breaker was reset. */
export async function nameProber(
  { name, prober, probeAt = new Date(0) }: Breaker,
  event: EventKey,
  deps: BreakerDeps,
): Promise<boolean> {
  const now = deps.now();
  // Each claim sets another `probeAt`.
  const isAsRead = `probeAt = :read AND ${prober ? 'prober = :before' : 'attribute_not_exists(prober)'}`;
  const named = change(name, deps, 'SET prober = :event, probeAt = :at', isAsRead, {
    ':event': event,
    ':read': probeAt.toISOString(),
    // From then on its message may be missed.
    ':at': later(probeAt, now).toISOString(),
    ...(prober ? { ':before': prober } : {}),
  });
  return (await deps.lanes.commit([named])) === 'committed';
}

/**
 * The destination asked all of its source to wait. What was under way together is told so together, and counts as one failure; one that is told
 * so again after it has waited is the next.
 */
export async function waitUntil(
  name: string,
  { until, begunAt }: { readonly until: Date; readonly begunAt: Date },
  rules: BreakerRules | undefined,
  actor: string,
  deps: BreakerDeps,
): Promise<void> {
  const asked = (ConditionExpression: string, values: Readonly<Record<string, string>>) => ({
    Update: {
      TableName: deps.stateTable,
      Key: breakerKey(name),
      UpdateExpression: 'SET #name = :name, failures = if_not_exists(failures, :none), closedUntil = :until',
      ConditionExpression,
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': name, ':none': 0, ':until': until.toISOString(), ...values },
    },
  });
  const isFirst = await deps.lanes.commit([
    asked('attribute_not_exists(closedUntil) OR closedUntil <= :begun', { ':begun': begunAt.toISOString() }),
  ]);
  if (isFirst === 'moved') await deps.lanes.commit([asked('closedUntil < :until', {})]);
  else if (rules) await countFailure(name, rules, actor, deps);
}
