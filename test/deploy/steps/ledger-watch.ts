import assert from 'node:assert/strict';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Aws } from '../aws.ts';
import { until, type Gateway } from '../gateway.ts';

/** Somebody with every right changes one item of the audit. It is seen, with its key; what was appended before was not worth a word. */
export async function tamperWithLedger(gateway: Gateway, aws: Aws, endpoint: string): Promise<void> {
  const TableName = gateway.output('LedgerTableName');
  const { Items = [] } = await aws.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'work#large' },
      Limit: 1,
    }),
  );
  const Key = z.object({ pk: z.string(), sk: z.string() }).parse(Items[0]);
  await aws.dynamodb.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET tampered = :true',
      ExpressionAttributeValues: { ':true': true },
    }),
  );

  const lines = await until('the change is seen', 60_000, async () => {
    const all = await linesOf('LedgerWatch', aws, endpoint);
    const said = all.filter((line) => line.includes('the ledger was changed'));
    return said.length > 0 ? said : undefined;
  });
  const [line = ''] = lines;
  assert.equal(lines.length, 1);
  assert.match(line, /"LedgerChanged":1/);
  assert.ok(line.includes('work#large'), line);
}

const Groups = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });
const Events = z.object({ events: z.array(z.object({ message: z.string() })) });

/** The log of the drill's function of this name. */
async function linesOf(name: string, aws: Aws, endpoint: string): Promise<readonly string[]> {
  const logs = async (action: string, input: unknown): Promise<unknown> => {
    const answered = await until(`an answer to ${action}`, 10_000, async () => {
      const one = await aws.signed('logs', {
        url: `${endpoint}/`,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${action}` },
        body: JSON.stringify(input),
      });
      // The emulator answers so where a group is made while it lists them.
      return one.status === 500 ? undefined : one;
    });
    assert.ok(answered.ok, `${action} was answered ${answered.status}`);
    return await answered.json();
  };
  const { logGroups } = Groups.parse(await logs('DescribeLogGroups', {}));
  const group = logGroups.find(({ logGroupName }) => logGroupName.includes(`/Drill/Webhooks${name}Logs`));
  const names = logGroups.map(({ logGroupName }) => logGroupName).join(', ');
  assert.ok(group, `there is a log of ${name} among ${names}`);
  const { events } = Events.parse(await logs('FilterLogEvents', group));
  return events.flatMap(({ message }) => message.split('\n'));
}
