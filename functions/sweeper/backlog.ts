import type { QueueDepth } from './deps.ts';

/**
 * Whether messages wait because the processor has not come to them: it is busy to its limit, or it takes nothing at all. Visible messages
 * beside a processor with room stand behind a busy or delayed one of their own lane; they are nobody else's backlog.
 */
export const isBacklog = ({ visible, inFlight }: QueueDepth, maxConcurrency: number): boolean =>
  visible > 0 && (inFlight === 0 || inFlight >= maxConcurrency);
