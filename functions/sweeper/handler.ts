import type { Context } from 'aws-lambda';
import { compose } from '../runtime/compose.ts';
import config from '../runtime/sound-config.ts';
import { withSubscribers } from '../sources/subscribers.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { measured } from '../runtime/metrics.ts';
import { queueSettings } from '../runtime/queue-settings.ts';
import type { RememberedCursors } from './cursor.ts';
import { metricsOf } from './metrics.ts';
import { sweep, type Swept } from './sweep.ts';

/** Time left for the last check: as long as its slowest call. */
const reserveMs = 10_000;

const core = compose('sweeper', { maxAttempts: 3, timeoutMs: 3000 }, { bodies: false, sendsLetters: true });
const { deadLetterUrl } = readEnvironment('deadLetterUrl');
const remembered: RememberedCursors = new Map();
const sources = withSubscribers(config);

/** Runs every minute. */
export async function handler(_event: unknown, lambda: Context): Promise<Swept> {
  const swept = await sweep({
    ...core,
    deadLetterUrl,
    remembered,
    sources,
    visibilityTimeoutSeconds: queueSettings(config).visibilityTimeoutSeconds,
    deadline: new Date(Date.now() + lambda.getRemainingTimeInMillis() - reserveMs),
  });
  core.log.info('swept', { ...swept, ...measured<'sweeper'>(await metricsOf(swept, core)) });
  return swept;
}
