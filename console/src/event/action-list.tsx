import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Event, Lane } from '../api/wire.ts';
import { useNow } from '../words/time.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { cannotRunAgain, possibleActions, type Possible } from './actions.ts';

/** What an operator may do now, each with what it does. */
export function ActionList({
  event,
  lane,
  done,
}: {
  readonly event: Event;
  readonly lane: Lane | undefined;
  readonly done: () => void;
}) {
  const now = useNow();
  const [chosen, choose] = useState<Possible>();
  const possible = possibleActions(event, lane, now);
  const stillPossible = possible.find((one) => one.act === chosen?.act);
  return (
    <SpaceBetween size="m">
      {possible.map((one) => (
        <div key={one.act}>
          <Button onClick={() => choose(one)}>{one.name}</Button>
          <Box variant="p" color="text-body-secondary">
            {one.toEvent} {one.toLane}
          </Box>
        </div>
      ))}
      {cannotRunAgain(event, now) && (
        <Box color="text-body-secondary">Its body has expired, so it cannot run again.</Box>
      )}
      {possible.length === 0 && (
        <Box color="text-body-secondary">Nothing: its state takes no action of an operator.</Box>
      )}
      {chosen !== undefined && (
        <ActionDialog
          event={event}
          possible={stillPossible ?? chosen}
          isStillPossible={stillPossible !== undefined}
          close={() => choose(undefined)}
          done={done}
        />
      )}
    </SpaceBetween>
  );
}
