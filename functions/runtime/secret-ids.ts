import * as z from 'zod';
import { readEnvironment } from './environment.ts';
import { environment, secretName } from './settings.ts';

const Arns = z.record(z.string(), z.string());

/** Which secret a source's list is in, as the environment says: one of the stack's prefix, or one that was there before. */
export function secretIds(): (source: string) => string {
  const { secretPrefix } = readEnvironment('secretPrefix');
  const arns = Arns.parse(JSON.parse(process.env[environment.secretArns] ?? '{}'));
  return (source) =>
    (Object.hasOwn(arns, source) ? arns[source] : undefined) ?? secretName(secretPrefix, source);
}
