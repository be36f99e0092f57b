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

/**
 * One item for each source that has a limit: how many slots are used, and an attribute for each, which says until when. Whether it runs or is kept is in its
 * name: of two copies of one message, the second must not take over what the first one runs under.
 */
const slotsKey = (name: string) => ({ pk: ratePartition(name), sk: 'SLOTS' });
const attributesOf = (event: EventKey) => {
  const digest = sha256Hex(event).slice(0, 20);
  return { runs: `runs-${digest}`, kept: `kept-${digest}` };
};
const isSlot = (attribute: string): boolean => /^(runs|kept)-/.test(attribute);

const isFree =
  'attribute_not_exists(#runs) AND attribute_not_exists(#kept) AND (attribute_not_exists(used) OR used < :most)';

/** Clocks of two instances differ: a slot that is not given back is kept for so much longer than the lease of its run. */
const slackSeconds = 5;

/** After so many meetings with others an event counts as too late. */
const mostTries = 5;

/**
 * A slot for the run of an event, until its lease ends; undefined: all are taken, others wait for one, or another copy of its message runs. It may be one that
 * was kept for it, or is of an attempt that died. `isProbe`: it is before those that wait.
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
  const { runs, kept } = attributesOf(event);
  for (let tries = 0; tries < mostTries; tries++) {
    const { kind, item } = await write(name, deps, {
      UpdateExpression: 'SET #runs = :until ADD used :one',
      ConditionExpression: isProbe ? isFree : `attribute_not_exists(waits) AND ${isFree}`,
      ExpressionAttributeNames: { '#runs': runs, '#kept': kept },
      ExpressionAttributeValues: { ':until': until, ':one': 1, ':most': atOnce },
    });
    if (kind === 'written') return { event, until };
    const free = freeFor(event, item, isProbe, now);
    if (free !== undefined) {
      if (await inPlaceOf(free, runs, until, name, deps)) return { event, until };
    } else if (isFull(item, atOnce) || !isProbe) return undefined;
  }
  return undefined;
}

/** A slot of the item that an event may take over. */
function freeFor(event: EventKey, item: Written['item'], isProbe: boolean, now: Date): Used | undefined {
  const { runs, kept } = attributesOf(event);
  const own = usedOf(item).filter(({ attribute }) => attribute === runs || attribute === kept);
  const ofThis = own.find((slot) => slot.attribute === kept || slot.until < now.getTime());
  if (own.length > 0) return ofThis;
  if (!isProbe && item?.['waits'] !== undefined) return undefined;
  return expiredOf(item, now)[0];
}

const isFull = (item: Written['item'], atOnce: number): boolean => Number(item?.['used'] ?? 0) >= atOnce;

/** Keeps a free slot for an event that waits at the gate, until its message has come. */
export async function keepSlot(
  { name, atOnce }: Slots,
  event: EventKey,
  now: Date,
  deps: GateDeps,
): Promise<'kept' | 'is-kept' | 'none-free'> {
  const until = after(now, promisedWithinSeconds).getTime();
  const { runs, kept } = attributesOf(event);
  const { kind, item } = await write(name, deps, {
    UpdateExpression: 'SET #kept = :until ADD used :one',
    ConditionExpression: isFree,
    ExpressionAttributeNames: { '#runs': runs, '#kept': kept },
    ExpressionAttributeValues: { ':until': until, ':one': 1, ':most': atOnce },
  });
  if (kind === 'written') return 'kept';
  const own = usedOf(item).find(({ attribute }) => attribute === runs || attribute === kept);
  if (own !== undefined && own.until >= now.getTime()) return 'is-kept';
  const expired = own ?? expiredOf(item, now)[0];
  if (expired === undefined) return isFull(item, atOnce) ? 'none-free' : 'is-kept';
  return (await inPlaceOf(expired, kept, until, name, deps)) ? 'kept' : 'is-kept';
}

/** A run has ended. A slot that was taken over meanwhile is left to whoever has it. */
export async function freeSlot(
  { event, until }: Slot,
  slots: Slots,
  now: Date,
  deps: GateDeps,
): Promise<SlotsLeft> {
  const { item } = await write(slots.name, deps, {
    UpdateExpression: 'REMOVE #runs ADD used :less',
    ConditionExpression: '#runs = :until',
    ExpressionAttributeNames: { '#runs': attributesOf(event).runs },
    ExpressionAttributeValues: { ':until': until, ':less': -1 },
  });
  return leftIn(item, slots, now);
}

/** An event that was let through stops again, for something else than a slot: what was kept for it is free. */
export async function giveUpKept(event: EventKey, { name }: Slots, deps: GateDeps): Promise<void> {
  await write(name, deps, {
    UpdateExpression: 'REMOVE #kept ADD used :less',
    ConditionExpression: 'attribute_exists(#kept)',
    ExpressionAttributeNames: { '#kept': attributesOf(event).kept },
    ExpressionAttributeValues: { ':less': -1 },
  });
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

interface Used {
  readonly attribute: string;
  readonly until: number;
}

const usedOf = (item: Written['item']): readonly Used[] =>
  Object.entries(item ?? {})
    .filter(([attribute]) => isSlot(attribute))
    .map(([attribute, until]) => ({ attribute, until: Number(until) }));

/** Of instances that were killed in a run, and of messages that never came. */
const expiredOf = (item: Written['item'], now: Date): readonly Used[] =>
  usedOf(item).filter(({ until }) => until < now.getTime());

/** Makes one slot into another, where it is still as it was read. */
async function inPlaceOf(
  before: Used,
  attribute: string,
  until: number,
  name: string,
  deps: GateDeps,
): Promise<boolean> {
  const isSame = before.attribute === attribute;
  const { kind } = await write(name, deps, {
    UpdateExpression: isSame ? 'SET #new = :until' : 'REMOVE #before SET #new = :until',
    ConditionExpression: isSame ? '#new = :seen' : '#before = :seen AND attribute_not_exists(#new)',
    ExpressionAttributeNames: isSame
      ? { '#new': attribute }
      : { '#new': attribute, '#before': before.attribute },
    ExpressionAttributeValues: { ':until': until, ':seen': before.until },
  });
  return kind === 'written';
}

const write = (
  name: string,
  deps: GateDeps,
  input: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
): Promise<Written> => orRefused(deps, { TableName: deps.stateTable, Key: slotsKey(name), ...input });
