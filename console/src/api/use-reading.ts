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

/**
 * Reads a path, and again and again while the page is visible. An answer that says the same as the one before changes nothing on the
 * page. Undefined: nothing is read; 0: it is read once.
 */
export function useReading<T>(path: string | undefined, everyMs = usualEveryMs): Reading<T> {
  const [state, setState] = useState<State<T>>({ path });
  const again = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (path === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let isKnown = false;
    let round = 0;
    const look = async () => {
      clearTimeout(timer);
      const own = ++round;
      const answer = await read<T>(path);
      if (isOver || own !== round) return;
      isKnown ||= answer.kind === 'found';
      if (isKnown && isDenial(answer)) noteDenial(answer.problem.detail);
      setState((before) => following(before, path, answer));
      const wait = answer.kind === 'away' || isDenial(answer) ? whileAwayEveryMs : everyMs;
      if (wait > 0) timer = setTimeout(() => void lookIfSeen(), wait);
    };
    const lookIfSeen = () => (document.visibilityState === 'visible' ? look() : undefined);
    const whenSeen = () => void lookIfSeen();
    again.current = () => void look();
    document.addEventListener('visibilitychange', whenSeen);
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [path, everyMs]);

  // What was read of another path is not shown for this one, not even for the moment until this one is answered.
  const own: State<T> = state.path === path ? state : { path };
  return {
    value: own.value,
    problem: own.problem,
    isFirst: own.value === undefined && own.problem === undefined,
    again: useCallback(() => again.current(), []),
  };
}

interface State<T> {
  readonly path: string | undefined;
  readonly text?: string;
  readonly value?: T;
  readonly problem?: Problem;
}

const isDenial = <T>(answer: Answer<T>): answer is Extract<Answer<T>, { kind: 'problem' }> =>
  answer.kind === 'problem' && isDenied(answer.problem);

function following<T>(before: State<T>, path: string, answer: Answer<T>): State<T> {
  const own = before.path === path ? before : { path };
  switch (answer.kind) {
    case 'found':
      if (own.text === answer.text && own.problem === undefined) return own;
      return { path, text: answer.text, value: answer.value };
    case 'problem':
      if (isDenied(answer.problem) && own.value !== undefined) return own;
      return { path, problem: answer.problem };
    case 'away':
      return own;
  }
}
