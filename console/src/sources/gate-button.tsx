import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { auditSentence } from '../acting/audit-sentence.tsx';
import { carriedOut, ReasonDialog } from '../acting/reason-dialog.tsx';
import { act, inPath } from '../api/operations-api.ts';
import type { Source, SourceState } from '../api/wire.ts';

/** Pauses a source, or resumes it. */
export function GateButton({
  source: { source, paused },
  done,
}: {
  readonly source: Pick<Source, 'source' | 'paused'>;
  readonly done: () => void;
}) {
  const [isAsked, ask] = useState<'pause' | 'resume'>();
  const path = `ops/sources/${inPath(source)}`;
  const verb = paused === undefined ? 'Pause' : 'Resume';
  return (
    <>
      <Button ariaLabel={`${verb} ${source}`} onClick={() => ask(paused === undefined ? 'pause' : 'resume')}>
        {verb}
      </Button>
      {isAsked !== undefined && (
        <ReasonDialog
          title={`${isAsked === 'pause' ? 'Pause' : 'Resume'}: ${source}`}
          verb={isAsked === 'pause' ? 'Pause' : 'Resume'}
          close={() => ask(undefined)}
          done={done}
          carryOut={async (reason) =>
            await carriedOut(await act<SourceState>(`${path}/${isAsked}`, { reason }), () =>
              auditSentence(`${path}/audit`, isAsked === 'pause' ? 'paused' : 'resumed'),
            )
          }
        >
          {isAsked === 'pause' ? (
            <>
              <Box variant="p">
                Its events are accepted and stored as ever, and wait in their lanes. What runs now ends;
                within five seconds nothing more of it begins.
              </Box>
              <Box variant="p">Other sources do not notice. Nothing is lost as long as bodies are kept.</Box>
            </>
          ) : (
            <Box variant="p">
              Each of its lanes goes on with the event that has the turn, then with those behind it, in order.
            </Box>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
