import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Config } from '../../functions/config/config.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { codeOf, reasonOf, StartError } from '../start-error.ts';

const Secrets = z.record(z.string(), z.array(z.string()));

/** Secrets of each source, newest first. */
export type Secrets = z.infer<typeof Secrets>;

/** Throws `StartError` for a file that is not a JSON object of lists of strings. */
export function readSecrets(file: string): Secrets {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new StartError(`${file} cannot be read: ${reasonOf(error)}`);
  }
  try {
    return Secrets.parse(JSON.parse(text));
  } catch {
    throw new StartError(
      `${file} must be a JSON object of lists of secrets, like {"acme": ["newest", "older"]}.`,
    );
  }
}

/** Replaces a source's secrets. Readers see the old file or the new one. */
export function writeSecrets(file: string, source: string, list: readonly string[]): void {
  write(file, { ...readSecrets(file), [source]: [...list] });
}

/** Gives every source whose verifier needs a secret, and has none, a random one. The file is for its owner only. */
export function addMissingSecrets(file: string, config: Config): Secrets {
  const secrets = readSecrets(file);
  const needed = Object.entries(config.sources)
    .filter(([, source]) => source.verify.needsSecret)
    .map(([name, source]) => source.secrets ?? name);
  const missing = [...new Set(needed)].filter((name) => secrets[name] === undefined);
  if (missing.length === 0) return secrets;
  const completed = { ...secrets, ...Object.fromEntries(missing.map((name) => [name, [randomSecret()]])) };
  write(file, completed);
  return completed;
}

function write(file: string, secrets: Secrets): void {
  writeFileAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
}

/** The form Standard Webhooks prescribes; to schemes that take any string it is one. */
const randomSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
