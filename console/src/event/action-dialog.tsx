import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { auditSentence } from '../acting/audit-sentence.tsx';
import { carriedOut, ReasonDialog } from '../acting/reason-dialog.tsx';
import { splitLane } from '../address.ts';
import { act, inPath } from '../api/operations-api.ts';
import type { ActedOn, Event } from '../api/wire.ts';
import { stateNames } from '../words/state.tsx';
import { whatOf, type Possible } from './actions.ts';

/** One action upon one event, or its lane. */
export function ActionDialog({
  event,
  possible,
  isStillPossible,
  close,
  done,
}: {
  readonly event: Event;
  readonly possible: Possible;
  /** Else the event has changed since it was chosen. */
  readonly isStillPossible: boolean;
  readonly close: () => void;
  readonly done: () => void;
}) {
  return (
    <ReasonDialog
      title={`${possible.name}: ${event.eventId}`}
      verb={possible.name}
      close={close}
      done={done}
      carryOut={async (reason) =>
        await carriedOut(await act<ActedOn>(pathOf(event, possible.act), { reason }), ({ source, eventId }) =>
          auditSentence(`ops/events/${inPath(source)}/${inPath(eventId)}/audit`, whatOf[possible.act]),
        )
      }
    >
      {!isStillPossible && (
        <Alert type="warning" header={`It is ${stateNames[event.state].toLowerCase()} now`}>
          It has changed since you chose this, which its state does not allow any more.
        </Alert>
      )}
      <Box variant="p">{possible.toEvent}</Box>
      <Box variant="p">{possible.toLane}</Box>
      {possible.isFinal && <Box variant="p">This cannot be undone.</Box>}
    </ReasonDialog>
  );
}

function pathOf({ source, eventId, lane = '' }: Event, what: Possible['act']): string {
  if (what !== 'release') return `ops/events/${inPath(source)}/${inPath(eventId)}/${what}`;
  const [ofSource, entity] = splitLane(lane);
  return `ops/lanes/${inPath(ofSource)}/${inPath(entity)}/release`;
}
