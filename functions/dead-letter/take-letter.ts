import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { letterArrived } from '../lane/attention.ts';
import type { LaneMessage, Letter } from '../lane/lane-message.ts';
import { redriveByLetter, type RepairDeps } from '../lane/repair.ts';
import { sha256Hex, type EventKey } from '../ledger/keys.ts';
import { laneOf } from '../ledger/ledger.ts';
import { sourceOf } from '../ledger/named.ts';
import { parseNote } from '../ledger/note.ts';
import { cancellations } from '../ledger/write-failure.ts';

export interface LetterDeps extends RepairDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  /** Names this function in the audit. */
  readonly worker: string;
  readonly sleep: (ms: number) => Promise<void>;
}

/** `dead-letter`: leave it to SQS, which moves it to the dead-letter queue. `done`: delete it. */
export type Taken = 'dead-letter' | 'done';

/**
 * A dead letter comes here twice at most: after its event has come to rest, and after an operator has moved it back. A move keeps the body
 * and changes the message id, so the note made the first time tells the two apart. If a letter was sent twice, only the first counts.
 */
export async function takeLetter(
  { deadLetter: key, entry, copy }: Letter,
  messageId: string,
  deps: LetterDeps,
): Promise<Taken> {
  const met = await meet(key, entry, { copy, messageId }, deps);
  deps.log.info('a letter was met', { event: key, met, messageId });
  switch (met) {
    case 'first':
      return 'dead-letter';
    case 'stale':
    case 'moved-on':
      return 'done';
    case 'moved-back':
      return (await redriveByLetter(key, entry, deps)) ? 'done' : 'dead-letter';
  }
}

/** Notes the first letter of an entry, if the event still rests by that entry. The promise of the letter is kept by that. */
async function meet(
  key: EventKey,
  entry: number,
  letter: { readonly copy: string; readonly messageId: string },
  deps: LetterDeps,
): Promise<'first' | 'moved-back' | 'moved-on' | 'stale'> {
  const note = deps.ledger.letterPut(key, entry, {
    what: 'dead-lettered',
    actor: deps.worker,
    reason: `its dead letter is message ${letter.messageId}`,
    ...letter,
  });
  const items = [note, letterArrived(deps.stateTable, key, entry)];
  for (let tries = 1; ; tries++) {
    try {
      await deps.dynamodb.send(
        new TransactWriteCommand({ TransactItems: items, ClientRequestToken: deps.newId() }),
      );
      return 'first';
    } catch (error) {
      const [noted, promise] = cancellations(error) ?? [];
      if (noted?.code === 'condition' && noted.item) {
        const known = parseNote(noted.item);
        if (known.copy !== letter.copy) return 'stale';
        return known.messageId === letter.messageId ? 'first' : 'moved-back';
      }
      if (promise?.code === 'condition') return 'moved-on';
      // A conflict with another transaction on the event (an operator's repair), or a throttle.
      if (!noted || tries === mostTries) throw error;
      await deps.sleep(50 * tries);
    }
  }
}

const mostTries = 5;

/** An operator moved a message of the lane queue into the feeder. It is sent to its lane, unless its source is not configured. */
export async function takeLaneMessage(
  { event, generation }: LaneMessage,
  messageId: string,
  deps: LetterDeps,
): Promise<Taken> {
  if (sourceOf(event, deps.sources) === undefined) return 'dead-letter';
  const lane = laneOf(await deps.ledger.read(event));
  if (lane === undefined) return 'dead-letter';
  await deps.send({ event, generation, lane, purpose: `moved:${messageId}` });
  return 'done';
}

/** Hooklane did not write this message. It is audited, and moves to the dead-letter queue, where an operator can read it. */
export async function takeJunk(
  { messageId, body }: { readonly messageId: string; readonly body: string },
  deps: LetterDeps,
): Promise<Taken> {
  await deps.ledger.reject({
    source: 'unknown',
    at: deps.now(),
    requestId: messageId,
    cause: 'junk-message',
    status: 0,
    bodySha256: sha256Hex(body),
    bodyBytes: Buffer.byteLength(body),
    ip: 'queue',
  });
  return 'dead-letter';
}
