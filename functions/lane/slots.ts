import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { sha256Hex, type EventKey } from '../ledger/keys.ts';
import { after, promisedWithinSeconds } from './due.ts';
import type { GateDeps } from './gates.ts';
import { orRefused, ratePartition, type Written } from './rate.ts';

/** How many events of a source may run at a time, over all function instances. */
export interface Slots {
  /** Of the source. */
  readonly name: string;
  readonly atOnce: number;
}

export interface Slot {
  readonly event: EventKey;
  /** In milliseconds: tells this holder from one that has the slot of the same event after it. */
  readonly until: number;
}

/** The slots as a write has left them. */
export interface SlotsLeft {
  readonly free: number;
  /** Message group of a lane that waits at the gate for a slot, the last one to come; undefined: none does. */
  readonly waits: string | undefined;
}

/** One item for each source that has a limit: an attribute for each event that has a slot, which says until when, and how many they are. */
const slotsKey = (name: string) => ({ pk: ratePartition(name), sk: 'SLOTS' });
const prefix = 'until-';
const attributeOf = (event: EventKey): string => prefix + sha256Hex(event).slice(0, 20);

const isFree = 'attribute_not_exists(#own) AND (attribute_not_exists(used) OR used < :most)';

/** Clocks of two instances differ: a slot that is not given back is kept for so much longer than the lease of its run. */
const slackSeconds = 5;

/** After so many meetings with others an event counts as too late. */
const mostTries = 5;

/**
 * A slot for the run of an event, until its lease ends; undefined: all are taken, or others wait for one. It may have one already, which was kept for it when
 * it was let through, or is of an attempt that died. `isProbe`: it is before those that wait.
 */
export async function takeSlot(
  { name, atOnce }: Slots,
  {
    event,
    leaseUntil,
    isProbe,
  }: { readonly event: EventKey; readonly leaseUntil: Date; readonly isProbe: boolean },
  now: Date,
  deps: GateDeps,
): Promise<Slot | undefined> {
  const until = after(leaseUntil, slackSeconds).getTime();
  const slot: Slot = { event, until };
  const own = attributeOf(event);
  for (let tries = 0; tries < mostTries; tries++) {
    const { kind, item } = await write(name, deps, {
      UpdateExpression: 'SET #own = :until ADD used :one',
      ConditionExpression: isProbe ? isFree : `attribute_not_exists(waits) AND ${isFree}`,
      ExpressionAttributeNames: { '#own': own },
      ExpressionAttributeValues: { ':until': until, ':one': 1, ':most': atOnce },
    });
    if (kind === 'written') return slot;
    if (item?.[own] !== undefined) {
      const renewed = await write(name, deps, {
        UpdateExpression: 'SET #own = :until',
        ConditionExpression: 'attribute_exists(#own)',
        ExpressionAttributeNames: { '#own': own },
        ExpressionAttributeValues: { ':until': until },
      });
      if (renewed.kind === 'written') return slot;
      continue;
    }
    if (!isProbe && item?.['waits'] !== undefined) return undefined;
    const [expired] = expiredOf(item, now);
    if (expired === undefined && Number(item?.['used'] ?? 0) >= atOnce) return undefined;
    if (expired !== undefined && (await inPlaceOf(expired, slot, name, deps))) return slot;
  }
  return undefined;
}

/** Keeps a free slot for an event that waits at the gate, until its message has come. */
export async function keepSlot(
  { name, atOnce }: Slots,
  event: EventKey,
  now: Date,
  deps: GateDeps,
): Promise<'kept' | 'is-kept' | 'none-free'> {
  const until = after(now, promisedWithinSeconds).getTime();
  const own = attributeOf(event);
  const { kind, item } = await write(name, deps, {
    UpdateExpression: 'SET #own = :until ADD used :one',
    ConditionExpression: isFree,
    ExpressionAttributeNames: { '#own': own },
    ExpressionAttributeValues: { ':until': until, ':one': 1, ':most': atOnce },
  });
  if (kind === 'written') return 'kept';
  const kept = item?.[own];
  if (kept !== undefined && Number(kept) >= now.getTime()) return 'is-kept';
  const [expired] = kept === undefined ? expiredOf(item, now) : [{ attribute: own, until: Number(kept) }];
  if (expired === undefined) return 'none-free';
  return (await inPlaceOf(expired, { event, until }, name, deps)) ? 'kept' : 'is-kept';
}

/** A run has ended. A slot that was taken over meanwhile is left to whoever has it. */
export async function freeSlot(
  { event, until }: Slot,
  slots: Slots,
  now: Date,
  deps: GateDeps,
): Promise<SlotsLeft> {
  const { item } = await write(slots.name, deps, {
    UpdateExpression: 'REMOVE #own ADD used :less',
    ConditionExpression: '#own = :until',
    ExpressionAttributeNames: { '#own': attributeOf(event) },
    ExpressionAttributeValues: { ':until': until, ':less': -1 },
  });
  return leftIn(item, slots, now);
}

/** A lane has stopped at the gate: from now on whoever frees a slot hands it on. Some may have become free since it was refused. */
export async function waitForSlot(
  group: string,
  slots: Slots,
  now: Date,
  deps: GateDeps,
): Promise<SlotsLeft> {
  const { item } = await write(slots.name, deps, {
    UpdateExpression: 'SET waits = :group',
    ExpressionAttributeValues: { ':group': group },
  });
  return leftIn(item, slots, now);
}

/** Unless another lane has come since. */
export async function nobodyWaits({ name }: Slots, last: string, deps: GateDeps): Promise<void> {
  await write(name, deps, {
    UpdateExpression: 'REMOVE waits',
    ConditionExpression: 'waits = :last',
    ExpressionAttributeValues: { ':last': last },
  });
}

function leftIn(item: Written['item'], { atOnce }: Slots, now: Date): SlotsLeft {
  const { used = 0, waits } = item ?? {};
  return {
    free: Math.max(0, atOnce - Number(used)) + expiredOf(item, now).length,
    waits: typeof waits === 'string' ? waits : undefined,
  };
}

interface Expired {
  readonly attribute: string;
  readonly until: number;
}

/** Of instances that were killed in a run, and of messages that never came. */
const expiredOf = (item: Written['item'], now: Date): readonly Expired[] =>
  Object.entries(item ?? {})
    .filter(([attribute, until]) => attribute.startsWith(prefix) && Number(until) < now.getTime())
    .map(([attribute, until]) => ({ attribute, until: Number(until) }));

async function inPlaceOf(
  expired: Expired,
  { event, until }: Slot,
  name: string,
  deps: GateDeps,
): Promise<boolean> {
  const own = attributeOf(event);
  const isOwn = expired.attribute === own;
  const { kind } = await write(name, deps, {
    UpdateExpression: isOwn ? 'SET #own = :until' : 'REMOVE #expired SET #own = :until',
    ConditionExpression: isOwn ? '#own = :seen' : '#expired = :seen AND attribute_not_exists(#own)',
    ExpressionAttributeNames: isOwn ? { '#own': own } : { '#own': own, '#expired': expired.attribute },
    ExpressionAttributeValues: { ':until': until, ':seen': expired.until },
  });
  return kind === 'written';
}

const write = (
  name: string,
  deps: GateDeps,
  input: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
): Promise<Written> =>
  orRefused(deps, {
    TableName: deps.stateTable,
    Key: slotsKey(name),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ...input,
  });
