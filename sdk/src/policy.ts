import type { OnCrash } from './entry.ts';

/** What becomes of an event whose handler threw. */
export type OnThrow = 'retry' | 'fail';

export interface Policy {
  readonly onThrow: OnThrow | ((error: unknown) => OnThrow);
  readonly onCrash: OnCrash;
}

export type PolicyOptions =
  | 'at-least-once'
  | 'at-most-once'
  | {
      /** Default `retry`: the next copy runs again. `fail`: recorded as failed for good. A function decides by the error. */
      readonly onThrow?: Policy['onThrow'];
      /** Default `retry`: the next copy after the lease runs again. `quarantine`: a person looks first. */
      readonly onCrash?: OnCrash;
    };

export function readPolicy(options: PolicyOptions | undefined): Policy {
  if (options === 'at-most-once') return { onThrow: 'fail', onCrash: 'quarantine' };
  if (options === undefined || options === 'at-least-once') return { onThrow: 'retry', onCrash: 'retry' };
  return { onThrow: options.onThrow ?? 'retry', onCrash: options.onCrash ?? 'retry' };
}
