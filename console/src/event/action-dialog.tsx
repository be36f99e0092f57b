import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { splitLane } from '../address.ts';
import { act, inPath, read, type Problem } from '../api/operations-api.ts';
import type { ActedOn, Audit, AuditItem, Event } from '../api/wire.ts';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { Time } from '../words/time.tsx';
import { whatOf, type Possible } from './actions.ts';

type Stage =
  | { readonly kind: 'asking' }
  | { readonly kind: 'doing' }
  | { readonly kind: 'done'; readonly item: AuditItem | undefined }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly why: string };

const longestReason = 500;

/** Says what will be done, asks why, does it, and shows what the audit says of it. */
export function ActionDialog({
  event,
  possible,
  close,
  done,
}: {
  readonly event: Event;
  readonly possible: Possible;
  readonly close: () => void;
  readonly done: () => void;
}) {
  const [reason, setReason] = useState('');
  const [stage, setStage] = useState<Stage>({ kind: 'asking' });
  const isAsking = stage.kind === 'asking' || stage.kind === 'doing';
  const isReason = reason.trim() !== '' && reason.length <= longestReason;

  const submit = async () => {
    if (!isReason || stage.kind !== 'asking') return;
    setStage({ kind: 'doing' });
    setStage(await carriedOut(event, possible, reason));
    done();
  };

  return (
    <Modal
      visible
      onDismiss={close}
      header={`${possible.name}: ${event.eventId}`}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {isAsking ? 'Cancel' : 'Close'}
            </Button>
            {isAsking && (
              <Button
                variant="primary"
                disabled={!isReason}
                loading={stage.kind === 'doing'}
                loadingText="Asking the API"
                onClick={() => void submit()}
              >
                {possible.name}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {isAsking && (
          <>
            <div>
              <Box variant="p">{possible.toEvent}</Box>
              <Box variant="p">{possible.toLane}</Box>
              {possible.isFinal && <Box variant="p">This cannot be undone.</Box>}
            </div>
            <ReasonField reason={reason} change={setReason} submit={() => void submit()} />
          </>
        )}
        <Outcome stage={stage} />
      </SpaceBetween>
    </Modal>
  );
}

function ReasonField({
  reason,
  change,
  submit,
}: {
  readonly reason: string;
  readonly change: (to: string) => void;
  readonly submit: () => void;
}) {
  const input = useRef<InputProps.Ref>(null);
  // The dialog gives the focus to its close button when it opens; the next frame is after that.
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <FormField
      label="Why"
      description="It is kept in the audit, beside who you are."
      errorText={reason.length > longestReason ? `At most ${longestReason} characters.` : undefined}
    >
      <Input
        ref={input}
        value={reason}
        onChange={({ detail }) => change(detail.value)}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') submit();
        }}
        placeholder="the shop is repaired, ticket 4711"
      />
    </FormField>
  );
}

function Outcome({ stage }: { readonly stage: Stage }) {
  switch (stage.kind) {
    case 'asking':
    case 'doing':
      return null;
    case 'refused':
      return <ProblemAlert problem={stage.problem} />;
    case 'unknown':
      return (
        <Alert type="warning" header="It is not known whether this was done">
          {stage.why} Look at the event before you ask again.
        </Alert>
      );
    case 'done':
      return (
        <Alert type="success" header="Done">
          {stage.item === undefined ? (
            'The audit of the event has it.'
          ) : (
            <>
              The audit says: <strong>{stage.item.what}</strong> at <Time at={stage.item.at} /> by{' '}
              <span className="as-written">{stage.item.actor}</span>
              {stage.item.reason !== undefined && (
                <>
                  , because “<span className="as-written">{stage.item.reason}</span>”
                </>
              )}
              .
            </>
          )}
        </Alert>
      );
  }
}

async function carriedOut(event: Event, { act: what }: Possible, reason: string): Promise<Stage> {
  const answer = await act<ActedOn>(pathOf(event, what), { reason });
  if (answer.kind === 'problem') return { kind: 'refused', problem: answer.problem };
  if (answer.kind === 'away') return { kind: 'unknown', why: answer.why };
  const { source, eventId } = answer.value;
  const audit = await read<Audit>(`ops/events/${inPath(source)}/${inPath(eventId)}/audit`);
  const items = audit.kind === 'found' ? audit.value.items : [];
  return { kind: 'done', item: items.findLast((item) => item.what === whatOf[what]) };
}

function pathOf({ source, eventId, lane = '' }: Event, what: Possible['act']): string {
  if (what !== 'release') return `ops/events/${inPath(source)}/${inPath(eventId)}/${what}`;
  const [ofSource, entity] = splitLane(lane);
  return `ops/lanes/${inPath(ofSource)}/${inPath(entity)}/release`;
}
