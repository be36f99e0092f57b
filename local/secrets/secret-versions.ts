import { createHash } from 'node:crypto';
import * as z from 'zod';
import { secretName } from '../../functions/runtime/settings.ts';
import { readSecrets, writeSecrets } from './secrets-file.ts';

/** What the names of the local cloud's secrets begin with. */
export const secretPrefix = 'hooklane';

const List = z.array(z.string());

/** The versions of each secret, as far as Hooklane asks for them: the file's content is the current one, and others wait to become it. */
export interface SecretVersions {
  current(secretId: string): { readonly text: string; readonly version: string } | undefined;
  /** False: there is a version of this name with another text, which stands. */
  stage(secretId: string, version: string, text: string): boolean;
  /** Makes `to` the current version, provided that `from` still is. */
  makeCurrent(secretId: string, from: string, to: string): 'done' | 'no-such-version' | 'not-current';
}

export function secretVersions(file: string): SecretVersions {
  const staged = new Map<string, string>();
  const keyOf = (secretId: string, version: string) => `${secretId}\n${version}`;
  /** What a person edited gets its name from its content. */
  const became = new Map<string, { readonly text: string; readonly version: string }>();

  function current(secretId: string) {
    const found = Object.entries(readSecrets(file)).find(
      ([source]) => secretName(secretPrefix, source) === secretId,
    );
    if (found === undefined) return undefined;
    const [source, list] = found;
    const text = JSON.stringify(list);
    const named = became.get(secretId);
    const version =
      named?.text === text
        ? named.version
        : createHash('sha256').update(`${secretId}\n${text}`).digest('hex');
    return { source, text, version };
  }

  return {
    current,
    stage(secretId, version, text) {
      const key = keyOf(secretId, version);
      if (staged.has(key) && staged.get(key) !== text) return false;
      staged.set(key, text);
      return true;
    },
    makeCurrent(secretId, from, to) {
      const now = current(secretId);
      const text = staged.get(keyOf(secretId, to));
      if (now === undefined || text === undefined) return 'no-such-version';
      if (now.version !== from) return 'not-current';
      writeSecrets(file, now.source, List.parse(JSON.parse(text)));
      became.set(secretId, { text, version: to });
      return 'done';
    },
  };
}
