import * as current from './composition.ts';

/** The functions of one version of the software, as the simulation runs them. */
export type Version = typeof current;
export { current };

/** The version that is here and one that was kept (`npm run keep-version`), to run side by side. Undefined for ''. */
export async function versionsBeside(name: string): Promise<[Version, Version] | undefined> {
  if (name === '') return undefined;
  const file = `../released/${name}/functions.mjs`;
  return [current, (await import(file)) as Version];
}
