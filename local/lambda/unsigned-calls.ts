import type { Plugin } from 'esbuild';
import { packageFile } from '../../functions/config/package-file.ts';

const signer = '@smithy/signature-v4';
const ours = packageFile('local/lambda/local-signer.ts');

/** Puts a signer into a bundle that signs nothing for the local services: they look at no signature, and it is a sixth of what a call costs. */
export const unsignedCalls: Plugin = {
  name: 'unsigned-calls',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${signer}$`) }, ({ importer }) =>
      importer === ours ? undefined : { path: ours, sideEffects: true },
    );
  },
};
