import * as z from 'zod';
import { integerIn, textIn, type Database, type Row } from './database.ts';
import { queueArn, queueNameOfArn } from './queue-arn.ts';
import {
  checkAttributes,
  initialAttributes,
  settingsOf,
  type QueueAttributes,
  type QueueSettings,
} from './queue-attributes.ts';
import { allowsSource } from './redrive-policy.ts';
import { invalidParameter, queueDoesNotExist, SqsError } from './sqs-error.ts';

export type Queue = {
  name: string;
  arn: string;
  attributes: QueueAttributes;
  settings: QueueSettings;
  createdAt: number;
  modifiedAt: number;
};

const attributesSchema = z.record(z.string(), z.string());

/** The queues and their attributes; kept in memory too, since this engine is the only writer of its file. */
export class QueueRegistry {
  readonly #db: Database;
  readonly #queues: Map<string, Queue>;

  constructor(db: Database) {
    this.#db = db;
    this.#queues = new Map(db.all('SELECT * FROM queues').map((row) => [textIn(row, 'name'), queueIn(row)]));
  }

  find(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  get(name: string): Queue {
    const queue = this.#queues.get(name);
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  all(): Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  isDeadLetterQueue(arn: string): boolean {
    return this.all().some((queue) => queue.settings.redrivePolicy?.deadLetterTargetArn === arn);
  }

  /** Creating a queue again is harmless unless an attribute that is given differs. */
  create(name: string, given: QueueAttributes, now: number): void {
    const fifo = given.FifoQueue === 'true';
    checkName(name, fifo);
    checkAttributes(given, fifo);
    const existing = this.#queues.get(name);
    if (existing) refuseDifference(existing, given);
    else this.#save(name, { ...initialAttributes(fifo), ...given }, now, now);
  }

  change(name: string, given: QueueAttributes, now: number): void {
    const queue = this.get(name);
    checkAttributes(given, queue.settings.fifo);
    this.#save(name, { ...queue.attributes, ...given }, queue.createdAt, now);
  }

  remove(name: string): void {
    this.get(name);
    this.#db.run('DELETE FROM queues WHERE name = ?', name);
    this.#queues.delete(name);
  }

  #save(name: string, attributes: QueueAttributes, createdAt: number, modifiedAt: number): void {
    const arn = queueArn(name);
    const queue = { name, arn, attributes, settings: settingsOf(attributes), createdAt, modifiedAt };
    this.#checkDeadLetterTarget(queue);
    this.#db.run(
      'INSERT OR REPLACE INTO queues (name, attributes, created_at, modified_at) VALUES (?, ?, ?, ?)',
      name,
      JSON.stringify(attributes),
      createdAt,
      modifiedAt,
    );
    this.#queues.set(name, queue);
  }

  #checkDeadLetterTarget({ arn, settings, attributes }: Queue): void {
    if (!settings.redrivePolicy) return;
    const refuse = (reason: string): SqsError =>
      invalidParameter('RedrivePolicy', attributes.RedrivePolicy ?? '', reason);
    const target = this.#queues.get(queueNameOfArn(settings.redrivePolicy.deadLetterTargetArn));
    if (!target) throw refuse('Dead letter target does not exist.');
    if (target.settings.fifo !== settings.fifo) {
      throw refuse('Dead-letter queue must be same type of queue as the source.');
    }
    if (!allowsSource(target.settings.redriveAllowPolicy, arn)) {
      throw refuse('Dead-letter queue does not allow this queue as its source.');
    }
  }
}

function queueIn(row: Row): Queue {
  const name = textIn(row, 'name');
  const attributes = attributesSchema.parse(JSON.parse(textIn(row, 'attributes')));
  return {
    name,
    arn: queueArn(name),
    attributes,
    settings: settingsOf(attributes),
    createdAt: integerIn(row, 'created_at'),
    modifiedAt: integerIn(row, 'modified_at'),
  };
}

function checkName(name: string, fifo: boolean): void {
  const valid = fifo ? /^[\w-]{1,75}\.fifo$/ : /^[\w-]{1,80}$/;
  if (valid.test(name)) return;
  const kind = fifo ? 'The name of a FIFO queue can' : 'Can';
  const suffix = fifo ? ', must end with .fifo suffix' : '';
  throw new SqsError(
    'InvalidParameterValue',
    `${kind} only include alphanumeric characters, hyphens, or underscores${suffix} and be 1 to 80 in length.`,
  );
}

function refuseDifference(existing: Queue, given: QueueAttributes): void {
  for (const [name, value] of Object.entries(given)) {
    if (existing.attributes[name] === value) continue;
    throw new SqsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    );
  }
}
