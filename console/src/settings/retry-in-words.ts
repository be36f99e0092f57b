import type { Configuration } from '../api/wire.ts';
import { duration } from '../words/time.tsx';

/** `5 attempts, after 5 s, 10 s, …`, however the configuration says it. */
export function retryInWords(retry: Configuration['sources'][number]['retry']): string {
  const { attempts, delaysSeconds, backoff } = retry as {
    readonly attempts?: number;
    readonly delaysSeconds?: readonly number[];
    readonly backoff?: { readonly baseSeconds: number; readonly maxSeconds: number };
  };
  const seconds = (count: number) => duration(count * 1000);
  const delays =
    delaysSeconds !== undefined
      ? `, after ${delaysSeconds.map(seconds).join(', ')}`
      : backoff !== undefined
        ? `, after ${seconds(backoff.baseSeconds)} and longer, up to ${seconds(backoff.maxSeconds)}`
        : '';
  return attempts === 1 ? 'one attempt' : `${attempts ?? 'some'} attempts${delays}`;
}
