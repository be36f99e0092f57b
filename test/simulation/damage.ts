import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { attentionPartition } from '../../functions/lane/attention.ts';
import { laneGroup } from '../../functions/lane/lane-group.ts';
import { duePartition } from '../../functions/lane/due.ts';
import { entrySortKey } from '../../functions/ledger/keys.ts';
import { ledgerTable, stateTable } from './composition.ts';
import type { Item } from './dynamodb/items.ts';
import type { PlannedDamage } from './scenario.ts';
import { startAt, type World } from './world.ts';

/** Whoever writes what nobody can read: a bug, a restored backup, a newer version of the software that was taken back. */
export const vandal = 'a vandal';

interface Unreadable {
  readonly table: string;
  readonly item: Item & { readonly pk: string; readonly sk: string };
}

const retryMs = 20_000;
const mostTries = 20;

/** Lays unreadable items among the others. Answers what takes them away again. */
export function startDamage(world: World): { readonly mend: () => void } {
  const laid: {
    readonly table: string;
    readonly pk: string;
    readonly sk: string;
    readonly before: Item | undefined;
  }[] = [];

  function lay(damage: PlannedDamage, tries: number): void {
    if (world.isHealed) return;
    const unreadable = unreadableItem(world, damage);
    if (unreadable === undefined) {
      if (tries < mostTries)
        world.scheduler.after(retryMs, () => {
          lay(damage, tries + 1);
        });
      return;
    }
    const { table, item } = unreadable;
    const { pk, sk } = item;
    laid.push({ table, pk, sk, before: world.dynamodb.tables.get(table)?.get(pk, sk) });
    world.trace(`an item becomes unreadable: ${damage.kind}, ${JSON.stringify(item)}`);
    world.history.add({ kind: 'damaged', at: world.scheduler.now, what: damage.kind, pk, sk });
    write(world, new PutCommand({ TableName: table, Item: item }));
  }

  for (const damage of world.plan.damages) {
    world.scheduler.at(startAt + damage.at, () => {
      lay(damage, 0);
    });
  }
  return {
    mend() {
      for (const { table, pk, sk, before } of laid.splice(0).reverse()) {
        world.trace(`${pk} ${sk} is mended`);
        const Key = { pk, sk };
        write(
          world,
          before
            ? new PutCommand({ TableName: table, Item: before })
            : new DeleteCommand({ TableName: table, Key }),
        );
        world.history.add({ kind: 'mended', at: world.scheduler.now, pk, sk });
      }
    },
  };
}

function write(world: World, command: object): void {
  world.network.asActor(vandal, () => world.dynamodb.execute(command));
}

/** Undefined: what is to be damaged is not there yet. */
function unreadableItem(
  { dynamodb, plan, scheduler }: World,
  { kind, event }: PlannedDamage,
): Unreadable | undefined {
  const { source = '', id = '', lane = '' } = plan.events[event] ?? {};
  const key = `${source}#${id}`;
  const items = dynamodb.tables.get(ledgerTable)?.partition(key) ?? [];
  const stored = items.find(({ sk }) => sk === 'EVENT');
  if (stored === undefined) return undefined;
  const number = items.filter(({ sk }) => String(sk).startsWith('LOG#')).length + 1;
  const at = new Date(scheduler.now).toISOString();
  const due = { due: duePartition(0), dueAt: at };
  const entry = {
    pk: key,
    sk: entrySortKey(number),
    number,
    at,
    actor: vandal,
    generation: 0,
    replay: 0,
    attempt: 0,
    nonce: 'n',
  };
  const laneKey = { pk: `LANE#${laneGroup(`${source}#${lane}`)}`, sk: 'LANE' };
  switch (kind) {
    case 'entry-of-unknown-state':
      return { table: ledgerTable, item: { ...entry, state: 'teleported' } };
    case 'entry-of-wrong-type':
      return { table: ledgerTable, item: { ...entry, state: 'retrying', nextAt: 'never', error: 7 } };
    case 'event-without-type':
      return { table: ledgerTable, item: { ...stored, pk: key, sk: 'EVENT', type: undefined } };
    case 'lane-without-version': {
      const item: Item = {
        lane: `${source}#${lane}`,
        ...due,
        ...dynamodb.tables.get(stateTable)?.get(laneKey.pk, laneKey.sk),
      };
      return { table: stateTable, item: { ...item, ...laneKey, version: undefined } };
    }
    case 'wait-without-key':
      return { table: stateTable, item: { pk: laneKey.pk, sk: 'WAIT#0', position: '0', started: 'no' } };
    case 'attention-junk':
      return {
        table: stateTable,
        item: { pk: attentionPartition(0), sk: 'nobody#knows', reason: 7, ...due },
      };
    case 'letter-junk':
      return { table: stateTable, item: { pk: 'LETTER', sk: 'nobody#knows', entry: 'none', at: 0 } };
  }
}
