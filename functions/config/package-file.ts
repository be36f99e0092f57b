import { extname, join } from 'node:path';

/** Absolute path of a file of Hooklane itself, named as in the checkout: in the package it is compiled. */
export const packageFile = (path: string): string =>
  join(import.meta.dirname, '../..', path.replace(/\.ts$/, extname(import.meta.filename)));
