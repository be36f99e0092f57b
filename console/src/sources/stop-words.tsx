import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { AsWritten } from '../words/as-written.tsx';
import { howMany } from '../words/how-many.ts';
import { Time } from '../words/time.tsx';
import type { Stop } from './stops.ts';

interface Words {
  readonly name: string;
  /** What ends it. */
  readonly until: string;
  readonly title: string;
  readonly look: StatusIndicatorProps.Type;
}

export const stopWords: Readonly<Record<Stop['kind'], Words>> = {
  paused: {
    name: 'Paused',
    until: 'until it is resumed',
    title: 'Paused: its events wait in their lanes',
    look: 'stopped',
  },
  tripped: {
    name: 'Breaker tripped',
    until: 'until a probe goes well, or it is reset',
    title: 'Its breaker has tripped: one event at a time is tried',
    look: 'warning',
  },
  'asked-to-wait': {
    name: 'Asked to wait',
    until: 'as long as its destination said',
    title: 'Its destination asked to wait: its events wait in their lanes',
    look: 'pending',
  },
};

/** Whether the events of a source run, and what each thing that stops them needs. */
export function Runs({ stops }: { readonly stops: readonly Stop[] }) {
  if (stops.length === 0) return <StatusIndicator type="success">Run</StatusIndicator>;
  return stops.map(({ kind }) => (
    <div key={kind}>
      <StatusIndicator type={stopWords[kind].look}>{stopWords[kind].name}</StatusIndicator>
      <div className="quiet">{stopWords[kind].until}</div>
    </div>
  ));
}

/** Since when, by whom and why; and what ends it. */
export function StopStory({ stop }: { readonly stop: Stop }) {
  switch (stop.kind) {
    case 'paused': {
      const { since, actor, reason } = stop;
      return (
        <>
          {since !== undefined && (
            <>
              Since <Time at={since} isRelative />,{' '}
            </>
          )}
          by <AsWritten text={actor ?? 'somebody'} />, because “
          <AsWritten text={reason ?? ''} />
          ”. It lasts until somebody resumes it: then each lane goes on, in its order.
        </>
      );
    }
    case 'tripped': {
      const { breaker, since, isPaused } = stop;
      return (
        <>
          Since <Time at={since} isRelative />: {howMany(breaker.failures, 'failure')} in a row
          {!isPaused && breaker.probeAt !== undefined && (
            <>
              ; the next probe is due at <Time at={breaker.probeAt} isRelative />
            </>
          )}
          .{' '}
          {isPaused
            ? 'While it is paused nothing is tried, so this stays when it is resumed: then one event at a time is tried until one goes well.'
            : 'The others wait in their lanes, use up no attempt, and go on by themselves once one goes well.'}{' '}
          If you know that its destination is back, reset the breaker
          {isPaused ? ' as well' : ': they need not wait for that'}.
        </>
      );
    }
    case 'asked-to-wait':
      return (
        <>
          Until <Time at={stop.until} isRelative />. They use up no attempt, and go on by themselves then. If
          you know that it is back, reset the breaker.
        </>
      );
  }
}
