import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import { ReasonDialog, type Carried } from '../acting/reason-dialog.tsx';
import { goTo, href } from '../address.ts';
import { act, inPath } from '../api/operations-api.ts';
import type { ActedOn, EventSummary } from '../api/wire.ts';
import { AsWritten } from '../words/as-written.tsx';
import { howMany } from '../words/how-many.ts';
import { isFinal, names, operatorMay, toEvent } from '../event/actions.ts';

type Act = keyof typeof operatorMay;
const acts = Object.keys(operatorMay) as Act[];

/** The same for several events of a page, one after the other; or a job for all that match the filter. */
export function ActOnSelected({
  selected,
  filter,
  done,
}: {
  readonly selected: readonly EventSummary[];
  readonly filter: URLSearchParams;
  readonly done: () => void;
}) {
  // What was selected when the action was: the list behind the dialog goes on.
  const [asked, ask] = useState<{ readonly what: Act; readonly events: readonly EventSummary[] }>();
  const allowed = (what: Act) => selected.filter(({ state }) => operatorMay[what](state));
  return (
    <>
      <ButtonDropdown
        items={[
          ...acts.map((what) => {
            const count = allowed(what).length;
            return {
              id: what,
              text: `${names[what]} ${count} of ${selected.length}`,
              disabled: count === 0,
              ...(count === 0 && { disabledReason: 'No selected event is in a state that takes it.' }),
            };
          }),
          { id: 'job', text: 'Plan a job for all that match the filter' },
        ]}
        onItemClick={({ detail: { id } }) => {
          if (id === 'job')
            return goTo(href(['jobs'], filter.size > 0 ? filter : new URLSearchParams({ plan: '' })));
          const what = acts.find((one) => one === id);
          if (what !== undefined) ask({ what, events: inOrder(allowed(what)) });
        }}
      >
        Act
      </ButtonDropdown>
      {asked !== undefined && <SelectedDialog {...asked} close={() => ask(undefined)} done={done} />}
    </>
  );
}

/** The order in which the events of a lane were accepted is theirs. */
const inOrder = (events: readonly EventSummary[]): readonly EventSummary[] =>
  events.toSorted((a, b) => ((a.acceptedAt ?? '') < (b.acceptedAt ?? '') ? -1 : 1));

function SelectedDialog({
  what,
  events,
  close,
  done,
}: {
  readonly what: Act;
  readonly events: readonly EventSummary[];
  readonly close: () => void;
  readonly done: () => void;
}) {
  const [come, setCome] = useState(0);
  const lanes = new Set(events.map(({ lane, source, eventId }) => lane ?? `${source}#${eventId}`)).size;
  return (
    <ReasonDialog
      title={`${names[what]}: ${howMany(events.length, 'event')}`}
      verb={`${names[what]} ${events.length}`}
      close={close}
      done={done}
      carryOut={(reason) => oneByOne(what, events, reason, setCome)}
    >
      <Box variant="p">
        {howMany(events.length, 'event')} of {howMany(lanes, 'lane')}, one after the other in the order in
        which they were accepted. {toEvent(what, 'Each')} What is refused meanwhile is left as it is, and
        named.
      </Box>
      {isFinal(what) && <Box variant="p">This cannot be undone.</Box>}
      {come > 0 && (
        <Box variant="p">
          {come} of {events.length} were asked for.
        </Box>
      )}
    </ReasonDialog>
  );
}

async function oneByOne(
  what: Act,
  events: readonly EventSummary[],
  reason: string,
  came: (count: number) => void,
): Promise<Carried> {
  const refused: string[] = [];
  for (const [n, { source, eventId }] of events.entries()) {
    const answer = await act<ActedOn>(`ops/events/${inPath(source)}/${inPath(eventId)}/${what}`, { reason });
    came(n + 1);
    if (answer.kind === 'away') {
      return {
        kind: 'unknown',
        why: `${answer.why} ${n} of ${events.length} were answered, up to before ${eventId}.`,
      };
    }
    if (answer.kind === 'problem')
      refused.push(`${eventId}: ${answer.problem.state ?? answer.problem.title}`);
  }
  const count = events.length - refused.length;
  return {
    kind: 'done',
    told: (
      <>
        {howMany(count, 'event')} acted on; the audit of each has it.
        {refused.length > 0 && (
          <Alert type="warning" header={`${refused.length} were refused`}>
            <AsWritten text={refused.join('\n')} />
          </Alert>
        )}
      </>
    ),
  };
}
