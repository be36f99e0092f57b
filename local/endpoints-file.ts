import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from './atomic-file.ts';

/** Content of `endpoints.json`: where a running local cloud listens, and its processes. */
export const endpointsSchema = z.object({
  pid: z.int(),
  url: z.string(),
  /** Their names. */
  sources: z.array(z.string()),
  dynamodb: z.string(),
  sqs: z.string(),
  s3: z.string(),
  secretsManager: z.string(),
  queueUrl: z.string(),
  feederUrl: z.string(),
  deadLetterQueueUrl: z.string(),
  /** Absent where the database is not the cloud's own. */
  databasePid: z.int().optional(),
  functionPids: z.record(z.string(), z.array(z.int())),
});
export type Endpoints = z.output<typeof endpointsSchema>;

const fileIn = (dataFolder: string) => join(dataFolder, 'endpoints.json');

/** Undefined while no local cloud is ready on this folder. Processes come and go: read it anew for their ids. */
export function readEndpoints(dataFolder: string): Endpoints | undefined {
  const file = fileIn(dataFolder);
  return existsSync(file) ? endpointsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** `endpoints.json` in the data folder: it is there while the cloud is ready. */
interface EndpointsFile {
  /** From now on the file is there, with this content. */
  publish(content: () => Endpoints): void;
  /** Something of the content has changed: it is written again, a moment later. */
  refresh(): void;
  remove(): void;
}

const momentMs = 20;

export function endpointsFile(dataFolder: string): EndpointsFile {
  const file = fileIn(dataFolder);
  let published: (() => Endpoints) | undefined;
  let pending: NodeJS.Timeout | undefined;
  const write = () => {
    pending = undefined;
    if (published !== undefined) writeFileAtomically(file, `${JSON.stringify(published(), null, 2)}\n`);
  };
  // That of an instance that was killed.
  rmSync(file, { force: true });
  return {
    publish(content) {
      published = content;
      write();
    },
    refresh() {
      if (published !== undefined) pending ??= setTimeout(write, momentMs);
    },
    remove() {
      published = undefined;
      clearTimeout(pending);
      rmSync(file, { force: true });
    },
  };
}
