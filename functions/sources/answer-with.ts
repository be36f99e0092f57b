import type { Answer, RequestOutcome } from './source.ts';

/** What a sender wants to be told of every request that was taken; where a source has duplicates answered 409, that stands. */
export function answerWith(answer: Answer): (outcome: Pick<RequestOutcome, 'standard'>) => Answer {
  return ({ standard: { status } }) => (status < 300 ? answer : { status, body: '' });
}
