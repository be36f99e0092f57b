import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { queryPages } from '../ledger/query-pages.ts';
import { isBreaker, parseBreaker, type Breaker } from './breaker.ts';
import { gateKey, gatePartition, heardWithinSeconds, parseGate, type Gate } from './gate.ts';

export interface GateDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly stateTable: string;
}

/** What stands at the gate of a source. */
export interface Standing {
  /** Undefined: it was never paused. */
  readonly pause?: Gate | undefined;
  /** Undefined: it has none, or nothing has failed yet. */
  readonly breaker?: Breaker | undefined;
}

/** By the name of the source. */
export type Gates = ReadonlyMap<string, Standing>;

export async function readGates({ dynamodb, stateTable }: GateDeps): Promise<Gates> {
  const gates = new Map<string, Standing>();
  const add = (name: string, standing: Standing) => gates.set(name, { ...gates.get(name), ...standing });
  const query = {
    TableName: stateTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': gatePartition },
  };
  for await (const page of queryPages(dynamodb, query)) {
    for (const item of page) {
      if (isBreaker(item)) {
        const breaker = parseBreaker(item);
        if (breaker) add(breaker.name, { breaker });
      } else {
        const pause = parseGate(item);
        add(pause.name, { pause });
      }
    }
  }
  return gates;
}

/** One gate, consistently read; undefined: it was never closed. */
export async function readGate(name: string, { dynamodb, stateTable }: GateDeps): Promise<Gate | undefined> {
  const found = await dynamodb.send(
    new GetCommand({ TableName: stateTable, Key: gateKey(name), ConsistentRead: true }),
  );
  return found.Item && parseGate(found.Item);
}

/** The gates as they were at most `heardWithinSeconds` ago. */
export type KnownGates = () => Promise<Gates>;

/** What a function instance remembers of them from one invocation to the next. */
export interface GateMemory {
  known?: { readonly gates: Gates; readonly until: number };
}

/** Reads them at most once in so many seconds: one small read for all events that a function instance takes in that time. */
export function knownGates(read: () => Promise<Gates>, now: () => Date, memory: GateMemory = {}): KnownGates {
  return async () => {
    const at = now().getTime();
    if (memory.known && at < memory.known.until) return memory.known.gates;
    const gates = await read();
    memory.known = { gates, until: at + heardWithinSeconds * 1000 };
    return gates;
  };
}
