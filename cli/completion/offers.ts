import type { Argument } from 'commander';

type Words = (before: readonly string[]) => readonly string[];

const offers = new WeakMap<Argument, Words>();

/** Completion offers these words for an argument that may be another, too. They may depend on the arguments before it. */
export function offering(argument: Argument, words: Words): Argument {
  offers.set(argument, words);
  return argument;
}

export const offeredWords = (argument: Argument, before: readonly string[]): readonly string[] =>
  offers.get(argument)?.(before) ?? [];
