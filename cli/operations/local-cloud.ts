import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { endpointsSchema } from '../../local/endpoints-file.ts';

/** All but the address is left out by a local cloud of an older version. */
const endpoints = endpointsSchema.partial().required({ url: true });

export type LocalEndpoints = z.output<typeof endpoints>;

/** Where the local cloud of a data folder listens; undefined: none is running there. */
export function localEndpoints(dataFolder: string): LocalEndpoints | undefined {
  try {
    return endpoints.parse(JSON.parse(readFileSync(join(dataFolder, 'endpoints.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
