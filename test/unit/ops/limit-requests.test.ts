import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { limitRequests } from '../../../functions/ops/lists/limit-requests.ts';

it('has no more requests under way than it may, also behind some that fail, and asks each once', async () => {
  const asked: string[] = [];
  let underWay = 0;
  let most = 0;
  const client = limitRequests(
    {
      send: async (command: { input: { TableName?: string } }) => {
        const name = command.input.TableName ?? '';
        asked.push(name);
        most = Math.max(most, ++underWay);
        await new Promise((done) => setImmediate(done));
        underWay--;
        if (name === '3') throw new Error('throttled');
        return { name };
      },
    },
    4,
  );
  const names = Array.from({ length: 20 }, (_, n) => String(n));

  const answers = await Promise.allSettled(
    names.map((TableName) => client.send(new GetCommand({ TableName, Key: {} }))),
  );

  expect(most).toBe(4);
  expect(asked).toEqual(names);
  expect(answers.map(({ status }) => status)).toEqual(
    names.map((name) => (name === '3' ? 'rejected' : 'fulfilled')),
  );
});
