import * as z from 'zod';
import { isKnownAttribute, unknownAttribute } from './queue-attributes.ts';
import { defineAction, queueRequest, type Action } from './request.ts';

const attributes = z.record(z.string(), z.string());

export const queueActions: Record<string, Action> = {
  CreateQueue: defineAction(
    z.object({ QueueName: z.string(), Attributes: attributes.default({}) }),
    ({ QueueName, Attributes }, { engine, queueUrl }) => {
      engine.createQueue(QueueName, Attributes);
      return { QueueUrl: queueUrl(QueueName) };
    },
  ),

  GetQueueUrl: defineAction(z.object({ QueueName: z.string() }), ({ QueueName }, { engine, queueUrl }) => {
    engine.settings(QueueName);
    return { QueueUrl: queueUrl(QueueName) };
  }),

  ListQueues: defineAction(
    z.object({ QueueNamePrefix: z.string().optional() }),
    ({ QueueNamePrefix }, { engine, queueUrl }) => ({
      QueueUrls: engine.queueNames(QueueNamePrefix).map(queueUrl),
    }),
  ),

  DeleteQueue: defineAction(queueRequest, ({ QueueUrl }, { engine }) => {
    engine.deleteQueue(QueueUrl);
    return {};
  }),

  PurgeQueue: defineAction(queueRequest, ({ QueueUrl }, { engine }) => {
    engine.purgeQueue(QueueUrl);
    return {};
  }),

  SetQueueAttributes: defineAction(
    queueRequest.extend({ Attributes: attributes }),
    ({ QueueUrl, Attributes }, { engine }) => {
      engine.setAttributes(QueueUrl, Attributes);
      return {};
    },
  ),

  GetQueueAttributes: defineAction(
    queueRequest.extend({ AttributeNames: z.array(z.string()).default([]) }),
    ({ QueueUrl, AttributeNames }, { engine }) => {
      const unknown = AttributeNames.find((name) => name !== 'All' && !isKnownAttribute(name));
      if (unknown !== undefined) throw unknownAttribute(unknown);
      const wanted = Object.entries(engine.attributes(QueueUrl)).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      );
      return { Attributes: Object.fromEntries(wanted) };
    },
  ),
};
