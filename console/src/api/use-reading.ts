import { useCallback, useEffect, useRef, useState } from 'react';
import { noteDenial } from './connection.ts';
import { isDenied, read, type Answer, type Problem } from './operations-api.ts';

export interface Reading<T> {
  /** The newest that is known, also while the API is away, or whoever looks is not let in. */
  readonly value: T | undefined;
  /** Of the newest answer. */
  readonly problem: Problem | undefined;
  /** It has not been answered yet. */
  readonly isFirst: boolean;
  readonly again: () => void;
}

/** How often a page looks again while it is looked at. */
export const usualEveryMs = 3000;
const whileAwayEveryMs = 2000;
/** What takes several answers is looked for again more rarely: in between are so many times as long as it took. */
const restsFor = 2;

/**
 * Reads a path, and again and again while the page is visible. An answer that says the same as the one before changes nothing on the
 * page. Undefined: nothing is read; 0: it is read once.
 */
export const useReading = <T>(path: string | undefined, everyMs = usualEveryMs): Reading<T> =>
  useLooks<T>(path, readOnce, everyMs);

async function* readOnce<T>(path: string): AsyncGenerator<Answer<T>> {
  yield await read<T>(path);
}

/** Finds what there is at a path; more with every answer, where it takes several. `known`: what was found before it was stopped. */
export type Look<T> = (path: string, known: T | undefined) => AsyncIterable<Answer<T>>;

export interface Looks<T> extends Reading<T> {
  /** `whole`: all was found that was looked for. */
  readonly stage: Stage;
  /** From one look to the next. */
  readonly everyMs: number;
  readonly stop: () => void;
  /** After a stop. */
  readonly goOn: () => void;
}

type Stage = 'looking' | 'stopped' | 'whole';
type Run = Pick<Looks<unknown>, 'again' | 'stop' | 'goOn'>;

/** As `useReading`, of what may take several answers: the first look shows each as it comes, a later one what it has found in the end. */
export function useLooks<T>(path: string | undefined, look: Look<T>, everyMs: number): Looks<T> {
  const [state, setState] = useState<State<T>>(() => nothingOf(path, everyMs));
  const run = useRef<Run>(undefined);

  useEffect(() => {
    if (path === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let round = 0;
    let stage: Stage = 'looking';
    let known: T | undefined;
    const change = (how: (before: State<T>) => State<T>) =>
      setState((before) => how(before.path === path ? before : nothingOf(path, everyMs)));
    const take = (answer: Answer<T>, more: Partial<State<T>>) => {
      if (answer.kind === 'found') known = answer.value;
      if (known !== undefined && isDenial(answer)) noteDenial(answer.problem.detail);
      change((before) => following(before, answer, more));
    };
    const lookFrom = async (from: T | undefined) => {
      clearTimeout(timer);
      const own = ++round;
      const began = performance.now();
      let answers = 0;
      let last: Answer<T> | undefined;
      for await (const answer of look(path, from)) {
        if (own !== round) return;
        answers++;
        last = answer;
        if (stage === 'looking') take(answer, {});
      }
      if (last === undefined || own !== round) return;
      const isLost = last.kind === 'away' || isDenial(last);
      if (!isLost) stage = 'whole';
      const restMs = answers > 1 ? restsFor * (performance.now() - began) : 0;
      const nextMs = everyMs === 0 ? 0 : Math.max(everyMs, restMs);
      take(last, { stage, everyMs: nextMs });
      const wait = isLost ? whileAwayEveryMs : nextMs;
      if (wait > 0) timer = setTimeout(lookIfSeen, wait);
    };
    const lookIfSeen = () => {
      const isDue = stage === 'looking' || (stage === 'whole' && everyMs > 0);
      if (isDue && document.visibilityState === 'visible')
        void lookFrom(stage === 'looking' ? known : undefined);
    };
    const enter = (next: Stage) => {
      round++;
      clearTimeout(timer);
      stage = next;
      change((before) => ({ ...before, stage: next }));
    };
    run.current = {
      again: () => {
        if (stage === 'stopped') enter('looking');
        void lookFrom(undefined);
      },
      stop: () => enter('stopped'),
      goOn: () => {
        enter('looking');
        void lookFrom(known);
      },
    };
    document.addEventListener('visibilitychange', lookIfSeen);
    void lookFrom(undefined);
    return () => {
      round++;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }, [path, look, everyMs]);

  // What was read of another path is not shown for this one, not even for the moment until this one is answered.
  const own = state.path === path ? state : nothingOf<T>(path, everyMs);
  return {
    value: own.value,
    problem: own.problem,
    isFirst: own.value === undefined && own.problem === undefined,
    stage: own.stage,
    everyMs: own.everyMs,
    again: useCallback(() => run.current?.again(), []),
    stop: useCallback(() => run.current?.stop(), []),
    goOn: useCallback(() => run.current?.goOn(), []),
  };
}

interface State<T> {
  readonly path: string | undefined;
  readonly stage: Stage;
  readonly everyMs: number;
  readonly text?: string;
  readonly value?: T;
  readonly problem?: Problem;
}

const nothingOf = <T>(path: string | undefined, everyMs: number): State<T> => ({
  path,
  stage: 'looking',
  everyMs,
});

const isDenial = <T>(answer: Answer<T>): answer is Extract<Answer<T>, { kind: 'problem' }> =>
  answer.kind === 'problem' && isDenied(answer.problem);

function following<T>(before: State<T>, answer: Answer<T>, more: Partial<State<T>>): State<T> {
  const { path, stage, everyMs, text, value, problem } = { ...before, ...more };
  const isSame = stage === before.stage && everyMs === before.everyMs;
  const kept = isSame ? before : { ...before, ...more };
  switch (answer.kind) {
    case 'found':
      if (text === answer.text && problem === undefined) return kept;
      return { path, stage, everyMs, text: answer.text, value: answer.value };
    case 'problem':
      if (isDenied(answer.problem) && value !== undefined) return kept;
      return { path, stage, everyMs, problem: answer.problem };
    case 'away':
      return kept;
  }
}
