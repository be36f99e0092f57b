import Alert from '@cloudscape-design/components/alert';
import type { Problem } from '../api/operations-api.ts';
import { AsWritten } from './as-written.tsx';
import { stateNames } from './state.tsx';

/** A refusal in the API's own words; of a conflict, also what the event is now. */
export function ProblemAlert({ problem: { title, detail, state, status } }: { readonly problem: Problem }) {
  const now = Object.entries(stateNames).find(([name]) => name === state)?.[1];
  return (
    <Alert type={status === 409 ? 'warning' : 'error'} header={title}>
      <AsWritten text={detail} />
      {now !== undefined && ` It is ${now.toLowerCase()} now.`}
    </Alert>
  );
}
