import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { laneHref } from '../address.ts';
import type { Event } from '../api/wire.ts';
import { State } from '../words/state.tsx';
import { Time } from '../words/time.tsx';

/** What the API says of an event. What it does not say is left out. */
export function EventFacts({ event }: { readonly event: Event }) {
  const { state, type, lane, attempts, duplicates, correlationId, sender, bodyBytes, lacks } = event;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['State', <State key="state" state={state} />],
    ['Type', type === undefined ? undefined : <Text text={type} />],
    [
      'Lane',
      lane === undefined ? undefined : (
        <Link href={laneHref(lane)}>
          <span className="as-written">{lane}</span>
        </Link>
      ),
    ],
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
    ['Sender', sender === undefined ? undefined : <Text text={sender} />],
    [
      'Correlation id',
      correlationId === undefined ? undefined : (
        <CopyToClipboard
          variant="inline"
          textToCopy={correlationId}
          copyButtonAriaLabel="Copy the correlation id"
          copySuccessText="Copied"
          copyErrorText="It could not be copied"
        />
      ),
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

const Text = ({ text }: { readonly text: string }) => <span className="as-written">{text}</span>;
