import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Aws } from '../aws.ts';
import { until, type DrillEvent, type Gateway } from '../gateway.ts';

const lanes = Array.from({ length: 50 }, (_, lane) => `lane-${String(lane).padStart(2, '0')}`);
const rounds = 10;
/** The third event of the first 20 lanes fails until it is repaired. */
const failing = [
  ...Array<'throw'>(12).fill('throw'),
  ...Array<'timeout'>(4).fill('timeout'),
  ...Array<'crash'>(4).fill('crash'),
];
const failsAt = 2;
const sendersAtOnce = 6;

const eventOf = (lane: number, round: number): DrillEvent => {
  const fail = round === failsAt ? failing[lane] : undefined;
  const name = lanes[lane] ?? '';
  return { id: `${name}-${round}`, lane: name, ...(fail && { fail }) };
};
const idsOf = (lane: number) => Array.from({ length: rounds }, (_, round) => eventOf(lane, round).id);

/**
 * 500 events over 50 lanes, 20 of which fail; in their middle the stack is updated. Those lanes are held, dead letters say so, an operator repairs
 * them: nothing is lost, nothing runs twice, each lane is in order.
 */
export async function loadThroughUpdate(
  gateway: Gateway,
  aws: Aws,
  update: () => Promise<unknown>,
): Promise<string> {
  let updating: Promise<unknown> | undefined;
  let takenMeanwhile = 0;
  for (let round = 0; round < rounds; round++) {
    if (round === rounds / 2) updating = update();
    await sendRound(gateway, round);
    // The second half is spread over the update.
    if (updating) {
      const isOver = await Promise.race([updating.then(() => true), sleep(5000, false)]);
      if (!isOver) takenMeanwhile += lanes.length;
    }
  }
  await updating;

  await untilEffects(gateway, (lane) =>
    lane < failing.length ? idsOf(lane).slice(0, failsAt) : idsOf(lane),
  );
  await untilFailed(gateway);
  // Where a process ended between its commit and the letter, the sweeper sends it (G8).
  await until('a dead letter for each failed event', 330_000, async () =>
    (await gateway.depth('DeadLetterQueueUrl')) === failing.length ? true : undefined,
  );

  await aws.dynamodb.send(
    new PutCommand({ TableName: gateway.output('switchesTable'), Item: { pk: 'repaired' } }),
  );
  for (const [lane] of failing.entries()) {
    const redriven = await gateway.ops('POST', `/ops/events/work/${eventOf(lane, failsAt).id}/redrive`, {
      reason: 'the drill is repaired',
    });
    // 409: it was done by a request whose answer was lost.
    assert.ok([200, 409].includes(redriven.status), JSON.stringify(redriven));
  }
  await untilEffects(gateway, idsOf);
  await sleep(3000);
  for (const lane of lanes.keys())
    assert.deepEqual(await gateway.effects(`work#${lanes[lane] ?? ''}`), idsOf(lane));
  const last = await gateway.event('work', eventOf(0, rounds - 1).id);
  assert.deepEqual(last?.result, { bytes: JSON.stringify(eventOf(0, rounds - 1)).length, version: '2' });
  return `${lanes.length * rounds} events, ${takenMeanwhile} taken during the update, ${gateway.refused()} sent again after a 503`;
}

/** One event of each lane. */
async function sendRound(gateway: Gateway, round: number): Promise<void> {
  const left = lanes.keys();
  const sender = async () => {
    for (const lane of left) {
      const { status } = await gateway.send('work', eventOf(lane, round));
      assert.ok(status < 300, `${eventOf(lane, round).id} was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: sendersAtOnce }, sender));
}

async function untilEffects(gateway: Gateway, expected: (lane: number) => readonly string[]): Promise<void> {
  for (const [lane, name] of lanes.entries()) {
    // Where a process ended between an event and the message for the next one, the sweeper sends it (G8).
    await until(`the effects of ${name}`, 330_000, async () => {
      const seen = await gateway.effects(`work#${name}`);
      const ids = expected(lane);
      // Whatever is there must be right at any time.
      assert.deepEqual(seen, ids.slice(0, seen.length));
      return seen.length === ids.length ? true : undefined;
    });
  }
}

const Attention = z.object({ items: z.array(z.object({ eventId: z.string(), reason: z.string() })) });

/** All that fail are on the attention list, each for its own reason. */
async function untilFailed(gateway: Gateway): Promise<void> {
  const expected = failing.map((fail, lane) => {
    const reason = fail === 'throw' ? 'attempts-exhausted' : 'lease-expired';
    return `${eventOf(lane, failsAt).id} ${reason}`;
  });
  await until('all failures need attention', 120_000, async () => {
    const { body } = await gateway.ops('GET', '/ops/attention');
    const { items } = Attention.parse(body);
    return items.length === expected.length ? true : undefined;
  });
  const { items } = Attention.parse((await gateway.ops('GET', '/ops/attention')).body);
  assert.deepEqual(items.map(({ eventId, reason }) => `${eventId} ${reason}`).sort(), expected.sort());
}
