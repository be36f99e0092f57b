import type { Source, SourceOptions } from './source.ts';

/** The defaults of all that a source leaves open. */
export const sourceDefaults = {
  bodyFormats: ['json'],
  methods: ['POST'],
  execution: 'at-least-once',
  retry: { attempts: 5, delaysSeconds: [5, 10, 30, 60, 120] },
  onExhausted: 'continue',
  duplicates: { status: 200 },
  maxBodyBytes: 5 * 1024 * 1024,
  retentionDays: 90,
} as const satisfies Partial<Source>;

/** A source of your own making, with its defaults filled in. `defineConfig` checks it. */
export function source<Body = unknown>(options: SourceOptions<Body>): Source<Body> {
  return { ...sourceDefaults, ...options };
}
