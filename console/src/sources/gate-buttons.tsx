import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { auditSentence } from '../acting/audit-sentence.tsx';
import { carriedOut, ReasonDialog } from '../acting/reason-dialog.tsx';
import { act, inPath } from '../api/operations-api.ts';
import type { AuditItem, SourceState } from '../api/wire.ts';
import type { Stop } from './stops.ts';

type GateAct = 'pause' | 'resume' | 'reset';

const verbs: Readonly<Record<GateAct, string>> = {
  pause: 'Pause',
  resume: 'Resume',
  reset: 'Reset breaker',
};

/** What the audit calls what was done. */
const whatOf: Readonly<Record<GateAct, AuditItem['what']>> = {
  pause: 'paused',
  resume: 'resumed',
  reset: 'reset',
};

/** Pauses a source, or ends what stops it. */
export function GateButtons({
  source,
  stops,
  variant = 'normal',
  done,
}: {
  readonly source: string;
  readonly stops: readonly Stop[];
  /** In a row of a list they are links. */
  readonly variant?: 'normal' | 'inline-link';
  readonly done: () => void;
}) {
  const [asked, ask] = useState<GateAct>();
  const path = `ops/sources/${inPath(source)}`;
  const ends = stops.map(({ kind }): GateAct => (kind === 'paused' ? 'resume' : 'reset'));
  const acts: readonly GateAct[] = ends.includes('resume') ? ends : [...ends, 'pause'];
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        {acts.map((one) => (
          <Button key={one} variant={variant} ariaLabel={`${verbs[one]} ${source}`} onClick={() => ask(one)}>
            {verbs[one]}
          </Button>
        ))}
      </SpaceBetween>
      {asked !== undefined && (
        <ReasonDialog
          title={`${verbs[asked]}: ${source}`}
          verb={verbs[asked]}
          close={() => ask(undefined)}
          done={done}
          carryOut={async (reason) =>
            await carriedOut(await act<SourceState>(`${path}/${asked}`, { reason }), () =>
              auditSentence(`${path}/audit`, whatOf[asked]),
            )
          }
        >
          <WillDo act={asked} />
        </ReasonDialog>
      )}
    </>
  );
}

function WillDo({ act }: { readonly act: GateAct }) {
  switch (act) {
    case 'pause':
      return (
        <>
          <Box variant="p">
            Its events are accepted and stored as ever, and wait in their lanes. What runs now ends; within
            five seconds nothing more of it begins.
          </Box>
          <Box variant="p">Other sources do not notice. Nothing is lost as long as bodies are kept.</Box>
        </>
      );
    case 'resume':
      return (
        <Box variant="p">
          Each of its lanes goes on with the event that has the turn, then with those behind it, in order.
        </Box>
      );
    case 'reset':
      return (
        <>
          <Box variant="p">
            For when you know that its destination is back. Its lanes go on, a few more each minute; those of
            a paused source once it is resumed.
          </Box>
          <Box variant="p">If its attempts still fail, the breaker trips again.</Box>
        </>
      );
  }
}
