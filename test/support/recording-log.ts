import type { Log } from '../../functions/api/handler.ts';

/** A log that keeps its lines. */
export function recordingLog() {
  const lines: Record<string, unknown>[] = [];
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      lines.push({ level, message, ...fields });
    };
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}
