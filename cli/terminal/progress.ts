import type { Terminal } from './terminal.ts';

const showAfterMs = 1000;
const barWidth = 20;

export interface Progress {
  /** `done` of `total`; a total that is not known yet has no bar. */
  show(what: string, done?: number, total?: number): void;
  end(): void;
}

/** A line on standard error for what takes longer than a second, rewritten in place; nothing where that is no terminal. */
export function startProgress(terminal: Terminal): Progress {
  const startedAt = terminal.now().getTime();
  let isShown = false;
  return {
    show(what, done, total) {
      if (!terminal.hasProgress || terminal.now().getTime() - startedAt < showAfterMs) return;
      isShown = true;
      terminal.complain(
        `\r\u001b[K${progressLine(what, done, total).slice(0, (terminal.columns ?? 80) - 1)}`,
      );
    },
    end() {
      if (isShown) terminal.complain('\r\u001b[K');
      isShown = false;
    },
  };
}

export function progressLine(what: string, done?: number, total?: number): string {
  if (done === undefined) return `${what} …`;
  if (total === undefined || total === 0) return `${done.toLocaleString('en')} ${what}`;
  const share = Math.min(1, done / total);
  const full = Math.round(share * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  return `${bar} ${Math.floor(share * 100)} %  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`;
}
