import assert from 'node:assert/strict';
import type { Aws } from '../aws.ts';
import type { Gateway } from '../gateway.ts';

/** A service of the account sends by its own identity, which the audit names; nobody else may, and it may send nothing else. */
export async function sendByIdentity(gateway: Gateway, aws: Aws): Promise<void> {
  const sender = await aws.as(gateway.output('SenderArn'));
  const reader = await aws.as(gateway.output('ReaderArn'));
  const event = { id: 'own-1', lane: 'own' };

  const first = await gateway.sendAs(sender, 'own', event);
  await gateway.untilState('own', event.id, 'processed', 30_000);
  const second = await gateway.sendAs(sender, 'own', event);
  const denied = [
    await gateway.sendAs(reader, 'own', event),
    await gateway.sendAs(sender, 'work', event),
    (await gateway.send('own', event)).status,
  ];

  assert.deepEqual([first, second, denied], [202, 200, [403, 403, 404]]);
  const found = await gateway.event('own', event.id);
  assert.match(String(found?.['sender']), /^arn:aws:sts::\d+:assumed-role\/.*Sender/);
}
