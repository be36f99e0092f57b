import { after } from '../lane/due.ts';
import { takePlace, takeTicket, type Rate } from '../lane/rate.ts';
import type { ProcessorDeps } from './deps.ts';

/** A wait as short as this is slept: a message can be hidden for whole seconds alone, and few lanes would run at half their rate. */
const shortestHiddenMs = 1000;

export type Turn =
  { readonly kind: 'now' } | { readonly kind: 'later'; readonly at: Date } | { readonly kind: 'full' };

/** `hasWaited`: its message was received before, so it has stood in line (or was tried before) and asks for its place. */
export async function keepRate(
  name: string,
  rate: Rate,
  hasWaited: boolean,
  deps: ProcessorDeps,
): Promise<Turn> {
  if (!hasWaited) {
    const ticket = await takeTicket(name, rate, deps.now(), deps);
    if (ticket.kind === 'full') return ticket;
    const waitMs = ticket.at.getTime() - deps.now().getTime();
    if (waitMs > shortestHiddenMs) return { kind: 'later', at: ticket.at };
    if (waitMs > 0) await deps.sleep(waitMs);
  }
  if (await takePlace(name, rate, deps.now(), deps)) return { kind: 'now' };
  // The second is full: the next one begins within this one.
  await deps.sleep(1000 - (deps.now().getTime() % 1000));
  if (await takePlace(name, rate, deps.now(), deps)) return { kind: 'now' };
  return { kind: 'later', at: after(deps.now(), 1) };
}
