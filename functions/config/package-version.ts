import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const manifest = z
  .object({ version: z.string(), optionalDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')));

/** The version of Hooklane that runs, of the checkout or of the package. */
export const packageVersion = manifest.version;

/** The version of the database's binary that it is tested with. */
export const databaseVersion = manifest.optionalDependencies['@dynoxide/linux-x64'] ?? 'latest';
