import { describe, expect, test } from 'vitest';
import { failed, type Outcome } from '../../../../local/lambda/function-outcome.ts';
import { doneOf, PolledMessage, sqsEvent } from '../../../../local/lambda/sqs-event.ts';

const message = PolledMessage.parse({
  MessageId: 'message-1',
  ReceiptHandle: 'receipt-1',
  Body: '{}',
  MD5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
  Attributes: {
    ApproximateReceiveCount: '2',
    SentTimestamp: '1000',
    MessageGroupId: 'group-1',
    SequenceNumber: '7',
  },
  MessageAttributes: { trace: { DataType: 'String', StringValue: 'abc' } },
});

const other = { ...message, MessageId: 'message-2', ReceiptHandle: 'receipt-2' };

test('a message is handed over as a record of its own', () => {
  const { Records } = sqsEvent([message], 'arn:aws:sqs:us-east-1:000000000000:lanes.fifo');

  expect(Records).toEqual([
    {
      messageId: 'message-1',
      receiptHandle: 'receipt-1',
      body: '{}',
      md5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
      attributes: {
        ApproximateReceiveCount: '2',
        SentTimestamp: '1000',
        MessageGroupId: 'group-1',
        SequenceNumber: '7',
        SenderId: 'local',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {
        trace: { stringValue: 'abc', stringListValues: [], binaryListValues: [], dataType: 'String' },
      },
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:lanes.fifo',
      awsRegion: 'us-east-1',
    },
  ]);
});

const returned = (value: unknown): Outcome => ({ kind: 'returned', value });
const reporting = (...ids: unknown[]) =>
  returned({ batchItemFailures: ids.map((id) => ({ itemIdentifier: id })) });

describe('a batch', () => {
  test.each([null, '', {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
    'is deleted after a success: %j',
    (value) => {
      expect(doneOf([message, other], returned(value))).toEqual([message, other]);
    },
  );

  test.each([
    [['message-1'], [other]],
    [['message-2', 'message-2'], [message]],
    [['message-1', 'message-2'], []],
  ])('keeps what is reported as failed: %j', (ids, done) => {
    expect(doneOf([message, other], reporting(...ids))).toEqual(done);
  });

  test.each([
    ['an error', failed('TypeError', 'no')],
    ['an empty identifier', reporting('')],
    ['an unknown identifier', reporting('message-1', 'message-3')],
    ['a number as identifier', reporting(1)],
    ['a report that is none', returned('done')],
    ['a stopping cloud', { kind: 'refused' } as const],
  ])('is kept after %s, which counts as a failure of the function', (_, outcome) => {
    expect(doneOf([message, other], outcome)).toBeUndefined();
  });
});
