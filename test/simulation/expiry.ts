import { ledgerTable } from './composition.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;

/** DynamoDB's time to live: bodies go some time after they have expired, up to two days later on AWS, and nobody is told. */
export function startExpiry(world: World): void {
  const random = world.random.fork('expiry');
  const { scheduler, history, dynamodb, trace } = world;

  function everyMinute(): void {
    scheduler.after(minuteMs, everyMinute);
    const ledger = dynamodb.tables.get(ledgerTable);
    for (const { pk, sk, expiresAt } of [...(ledger?.items() ?? [])]) {
      if (sk !== 'EVENT' || typeof expiresAt !== 'number' || expiresAt * 1000 > scheduler.now) continue;
      if (!random.chance(0.1)) continue;
      const event = String(pk);
      trace(`the body of ${event} goes`);
      ledger?.delete(event, 'EVENT', scheduler.now);
      history.add({ kind: 'expired', at: scheduler.now, event });
    }
  }
  if (Object.values(world.plan.sources).some(({ retentionMinutes }) => retentionMinutes < 24 * 60))
    everyMinute();
}
