import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { compose } from '../runtime/compose.ts';
import config from '../runtime/sound-config.ts';
import { withSubscribers } from '../sources/subscribers.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { takeLetters, type LettersDeps } from './take-letters.ts';

const deps: LettersDeps = {
  ...compose('dead-letter', { maxAttempts: 2, timeoutMs: 1900 }, { bodies: false, sendsLetters: false }),
  ...readEnvironment('feederUrl'),
  sources: withSubscribers(config),
  worker: `dead-letter/${process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? String(process.pid)}`,
};

export async function handler(batch: SQSEvent): Promise<SQSBatchResponse> {
  return await takeLetters(batch, deps);
}
