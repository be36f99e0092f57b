import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import type { Event } from '../api/wire.ts';
import { LaneLink } from '../lanes/lane-link.tsx';
import { AsWritten } from '../words/as-written.tsx';
import { Copyable } from '../words/copyable.tsx';
import { State } from '../words/state.tsx';
import { Time } from '../words/time.tsx';

/** What the API says of an event. What it does not say is left out. */
export function EventFacts({ event }: { readonly event: Event }) {
  const { state, type, lane, attempts, duplicates, correlationId, sender, bodyBytes, lacks } = event;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['State', <State key="state" state={state} />],
    ['Type', type === undefined ? undefined : <AsWritten text={type} />],
    ['Lane', lane === undefined ? undefined : <LaneLink lane={lane} />],
    ['Accepted', timeOf(event.acceptedAt)],
    ['Changed', timeOf(event.changedAt)],
    ['Next attempt', timeOf(event.nextAt)],
    ['Running until', timeOf(event.leaseUntil)],
    ['Attempts', String(attempts)],
    ['Duplicates', String(duplicates)],
    ['Replayed', event.replay > 0 ? `${event.replay} times` : undefined],
    ['Body', bodyBytes === undefined ? 'expired' : `${bodyBytes.toLocaleString()} bytes`],
    ['Body kept until', timeOf(event.expiresAt)],
    ['Lacks', lacks === undefined || lacks.length === 0 ? undefined : lacks.join(', ')],
    ['Sender', sender === undefined ? undefined : <AsWritten text={sender} />],
    [
      'Correlation id',
      correlationId === undefined ? undefined : <Copyable text={correlationId} what="the correlation id" />,
    ],
  ];
  return (
    <KeyValuePairs
      columns={4}
      items={facts.flatMap(([label, value]): KeyValuePairsProps.Item[] =>
        value === undefined ? [] : [{ label, value }],
      )}
    />
  );
}

const timeOf = (at: string | undefined): ReactNode =>
  at === undefined ? undefined : <Time at={at} isRelative />;
