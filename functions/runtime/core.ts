import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Log } from '../api/handler.ts';
import { createLaneStore, type LaneStore } from '../lane/lane-store.ts';
import {
  forwarder,
  laneMessageSender,
  laneMessagesSender,
  letterSender,
  type Forward,
  type SendLaneMessage,
  type SendLaneMessages,
  type SendLetter,
} from '../lane/send-lane-message.ts';
import type { ObjectStore } from '../ledger/body-store.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';

export interface CoreDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly ledgerTable: string;
  readonly stateTable: string;
  readonly queueUrl: string;
  /** Absent: of a function that sends no dead letters. */
  readonly feederUrl?: string;
  readonly objects: ObjectStore;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}

/** What every function works with. */
export interface Core extends Omit<CoreDeps, 'objects'> {
  readonly ledger: Ledger;
  readonly lanes: LaneStore;
  readonly send: SendLaneMessage;
  readonly sendAll: SendLaneMessages;
  readonly sendLetter: SendLetter;
  readonly forward: Forward;
}

export function createCore(deps: CoreDeps): Core {
  return {
    ...deps,
    ledger: createLedger(deps),
    lanes: createLaneStore(deps),
    send: laneMessageSender(deps),
    sendAll: laneMessagesSender(deps),
    sendLetter: letterSender(deps),
    forward: forwarder(deps),
  };
}
