import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const endpoints = z.object({
  url: z.string(),
  sqs: z.string().optional(),
  queueUrl: z.string().optional(),
  feederUrl: z.string().optional(),
  deadLetterQueueUrl: z.string().optional(),
});

export type LocalEndpoints = z.output<typeof endpoints>;

/** Where the local cloud of a data folder listens; undefined: none is running there. */
export function localEndpoints(dataFolder: string): LocalEndpoints | undefined {
  try {
    return endpoints.parse(JSON.parse(readFileSync(join(dataFolder, 'endpoints.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
