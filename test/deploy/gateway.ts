import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Aws } from './aws.ts';
import type { Outputs } from './cdk.ts';

const EventView = z.looseObject({
  state: z.string(),
  attempts: z.number(),
  duplicates: z.number(),
  result: z.unknown().optional(),
});
type EventView = z.infer<typeof EventView>;

const Answer = z.looseObject({
  /** Absent where API Gateway answered by itself. */
  status: z.union([z.string(), z.number()]).optional(),
  state: z.string().optional(),
  cause: z.string().optional(),
});

export interface Answered {
  readonly status: number;
  readonly body: z.infer<typeof Answer>;
}

/** A deployed gateway, as senders and operators meet it: through API Gateway alone. */
export interface Gateway {
  readonly outputs: Readonly<Record<string, string>>;
  output(name: string): string;
  /** Comes again after a 503, as providers do. */
  post(source: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answered>;
  /** How often it came again. */
  readonly refused: () => number;
  /** An event of the drill, signed. */
  send(source: string, event: DrillEvent, secret?: string): Promise<Answered>;
  /** The status of `POST /events/<source>` by an identity of the account. */
  sendAs(sender: Aws, source: string, event: DrillEvent): Promise<number>;
  /** Undefined: there is no such event. */
  event(source: string, id: string): Promise<EventView | undefined>;
  /** The status of a GET that nobody signed. */
  unsigned(path: string): Promise<number>;
  ops(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  untilState(source: string, id: string, state: string, patienceMs: number): Promise<EventView>;
  /** What took effect in a lane, in its order. */
  effects(lane: string): Promise<readonly string[]>;
  depth(queue: 'LaneQueueUrl' | 'FeederUrl' | 'DeadLetterQueueUrl'): Promise<number>;
}

export interface DrillEvent {
  readonly id: string;
  readonly lane: string;
  readonly fail?: 'throw' | 'timeout' | 'crash' | 'once';
  readonly filling?: string;
}

export const drillSecret = 'drill-secret';

export function gatewayOf(outputs: Outputs[string], aws: Aws, operator: Aws): Gateway {
  const output = (name: string) => {
    const found = Object.entries(outputs).find(([key]) =>
      new RegExp(`^(Webhooks)?${name}[0-9A-F]{0,8}$`).test(key),
    );
    if (found === undefined) throw new Error(`the stack has no output ${name}`);
    return found[1];
  };
  const url = output('ApiUrl');
  const ops: Gateway['ops'] = async (method, path, body) => {
    for (let attempt = 1; ; attempt++) {
      const { status, text } = await signed(method, path, body);
      // A machine as small as this one keeps an answer waiting now and then; operators ask again.
      const isBusy = status === 503 && attempt < 5;
      if (!isBusy) return { status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
      await sleep(2000);
    }
  };
  const signed = async (method: string, path: string, body: unknown) => {
    const answered = await operator.signed('execute-api', {
      method,
      url: `${url}${path}`,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return { status: answered.status, text: await answered.text() };
  };
  const event: Gateway['event'] = async (source, id) => {
    const answered = await ops('GET', `/ops/events/${source}/${id}`);
    if (answered.status === 404) return undefined;
    if (answered.status !== 200)
      throw new Error(`${id}: ${answered.status} ${JSON.stringify(answered.body)}`);
    return EventView.parse(answered.body);
  };
  let refused = 0;
  const post: Gateway['post'] = async (source, body, headers) => {
    for (let attempt = 1; ; attempt++) {
      const answered = await fetch(`${url}/webhooks/${source}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      const answer = { status: answered.status, body: Answer.parse(await answered.json()) };
      if (answered.status < 500 || attempt === 8) return answer;
      refused++;
      await sleep(1000 * attempt);
    }
  };
  return {
    outputs,
    output,
    post,
    refused: () => refused,
    send(source, body, secret = drillSecret) {
      const text = JSON.stringify(body);
      const signature = createHmac('sha256', secret).update(text).digest('hex');
      return post(source, text, { 'x-drill-signature': signature });
    },
    async sendAs(sender, source, body) {
      for (let attempt = 1; ; attempt++) {
        const { status } = await sender.signed('execute-api', {
          url: `${url}/events/${source}`,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (status < 500 || attempt === 8) return status;
        await sleep(1000 * attempt);
      }
    },
    event,
    unsigned: async (path) => (await fetch(`${url}${path}`)).status,
    ops,
    async untilState(source, id, state, patienceMs) {
      return await until(`${source}/${id} is ${state}`, patienceMs, async () => {
        const found = await event(source, id);
        return found?.state === state ? found : undefined;
      });
    },
    async effects(lane) {
      const { Item } = await aws.dynamodb.send(
        new GetCommand({ TableName: output('effectsTable'), Key: { pk: lane }, ConsistentRead: true }),
      );
      return z.object({ seen: z.array(z.string()) }).parse(Item ?? { seen: [] }).seen;
    },
    async depth(queue) {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes = {} } = await aws.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: output(queue), AttributeNames: [...names] }),
      );
      return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
  };
}

/** What `look` finds within the time; throws where it finds nothing. */
export async function until<T>(
  what: string,
  patienceMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (const end = Date.now() + patienceMs; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(1000);
  }
  throw new Error(`not within ${patienceMs / 1000} s: ${what}`);
}
