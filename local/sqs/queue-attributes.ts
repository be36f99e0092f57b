import {
  parseRedriveAllowPolicy,
  parseRedrivePolicy,
  type RedriveAllowPolicy,
  type RedrivePolicy,
} from './redrive-policy.ts';
import { SqsError } from './sqs-error.ts';

export type QueueSettings = {
  fifo: boolean;
  contentBasedDeduplication: boolean;
  deduplicatesPerGroup: boolean;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  delaySeconds: number;
  waitTimeSeconds: number;
  maxMessageBytes: number;
  redrivePolicy: RedrivePolicy | undefined;
  redriveAllowPolicy: RedriveAllowPolicy | undefined;
};

export type QueueAttributes = Record<string, string>;

// Defaults and ranges: the SQS API reference, SetQueueAttributes.
const numbers = {
  VisibilityTimeout: { initial: 30, min: 0, max: 43_200 },
  MessageRetentionPeriod: { initial: 345_600, min: 60, max: 1_209_600 },
  DelaySeconds: { initial: 0, min: 0, max: 900 },
  ReceiveMessageWaitTimeSeconds: { initial: 0, min: 0, max: 20 },
  MaximumMessageSize: { initial: 1_048_576, min: 1_024, max: 1_048_576 },
};

const fifoChoices: Record<string, readonly [initial: string, ...others: string[]]> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['false', 'true'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};

const policies = ['RedrivePolicy', 'RedriveAllowPolicy'];

/** Kept and given back; permissions and encryption mean nothing to a queue on one machine. */
const withoutEffect = ['Policy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];

/** What can be asked for and not be set. */
const computedAttributes = [
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

export function isKnownAttribute(name: string): boolean {
  return (
    computedAttributes.includes(name) ||
    name in numbers ||
    name in fifoChoices ||
    policies.includes(name) ||
    withoutEffect.includes(name)
  );
}

export function initialAttributes(fifo: boolean): QueueAttributes {
  const attributes: QueueAttributes = {};
  for (const [name, { initial }] of Object.entries(numbers)) attributes[name] = String(initial);
  if (fifo) for (const [name, [initial]] of Object.entries(fifoChoices)) attributes[name] = initial;
  return attributes;
}

/** @throws SqsError naming the first attribute that a queue of this kind cannot have or cannot set to this value. */
export function checkAttributes(given: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(given)) checkAttribute(name, value, fifo);
}

/** @throws SqsError for a policy that cannot be read, and for per-group throughput without per-group deduplication. */
export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const number = (name: keyof typeof numbers): number => Number(attributes[name] ?? numbers[name].initial);
  const deduplicatesPerGroup = attributes.DeduplicationScope === 'messageGroup';
  if (attributes.FifoThroughputLimit === 'perMessageGroupId' && !deduplicatesPerGroup) {
    throw invalidValue('FifoThroughputLimit');
  }
  return {
    fifo: attributes.FifoQueue === 'true',
    contentBasedDeduplication: attributes.ContentBasedDeduplication === 'true',
    deduplicatesPerGroup,
    visibilityTimeoutSeconds: number('VisibilityTimeout'),
    retentionSeconds: number('MessageRetentionPeriod'),
    delaySeconds: number('DelaySeconds'),
    waitTimeSeconds: number('ReceiveMessageWaitTimeSeconds'),
    maxMessageBytes: number('MaximumMessageSize'),
    redrivePolicy: parseRedrivePolicy(attributes.RedrivePolicy),
    redriveAllowPolicy: parseRedriveAllowPolicy(attributes.RedriveAllowPolicy),
  };
}

function checkAttribute(name: string, value: string, fifo: boolean): void {
  for (const [number, { min, max }] of Object.entries(numbers)) {
    if (name !== number) continue;
    if (!/^\d{1,9}$/.test(value) || Number(value) < min || Number(value) > max) throw invalidValue(name);
    return;
  }
  const choices = fifo ? fifoChoices[name] : undefined;
  if (choices) {
    if (!choices.includes(value)) throw invalidValue(name);
    return;
  }
  if (!policies.includes(name) && !withoutEffect.includes(name)) throw unknownAttribute(name);
}

export function unknownAttribute(name: string): SqsError {
  return new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

function invalidValue(name: string): SqsError {
  return new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
