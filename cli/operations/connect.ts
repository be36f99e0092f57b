import type { Terminal } from '../terminal/terminal.ts';
import type { OpsClient } from './ops-client.ts';
import { findTarget, type TargetOptions } from './target.ts';

/** The client of the gateway that the options name. The schemas of the API are loaded when a command asks it something, not for its help. */
export async function connect(options: TargetOptions, terminal: Terminal): Promise<OpsClient> {
  const [target, { opsClient }] = await Promise.all([findTarget(options), import('./ops-client.ts')]);
  return opsClient(target, { now: () => terminal.now(), fetch: globalThis.fetch, signal: terminal.ended });
}
