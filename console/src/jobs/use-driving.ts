import { useEffect, useState } from 'react';
import { act, inPath, type Problem } from '../api/operations-api.ts';
import type { Job } from '../api/wire.ts';

const whileAwayMs = 2000;

interface Driving {
  readonly isDriving: boolean;
  readonly start: () => void;
  readonly stop: () => void;
  /** Why it does not go on. */
  readonly problem: Problem | undefined;
}

/** A job goes on for a few seconds each time that it is asked to. This asks, again and again, as long as the page is open. */
export function useDriving(id: string, reason: string, came: () => void): Driving {
  const [isDriving, setDriving] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    if (!isDriving) return;
    let isOver = false;
    const drive = async () => {
      while (!isOver) {
        const answer = await act<Job>(`ops/jobs/${inPath(id)}/run`, { reason });
        came();
        if (answer.kind === 'away') {
          await new Promise((resolve) => setTimeout(resolve, whileAwayMs));
        } else if (answer.kind === 'problem') {
          setProblem(answer.problem);
          setDriving(false);
          return;
        } else if (answer.value.state !== 'running') {
          setDriving(false);
          return;
        }
      }
    };
    void drive();
    return () => {
      isOver = true;
    };
  }, [isDriving, id, reason, came]);
  return {
    isDriving,
    start: () => {
      setProblem(undefined);
      setDriving(true);
    },
    stop: () => setDriving(false),
    problem,
  };
}
