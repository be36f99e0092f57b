import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Answer, Problem } from '../api/operations-api.ts';
import { ProblemAlert } from '../words/problem-alert.tsx';

/** What became of an action. */
export type Carried =
  | { readonly kind: 'done'; readonly told: ReactNode }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Nobody answered: it may have been done. */
  | { readonly kind: 'unknown'; readonly why: string };

type Stage = { readonly kind: 'asking' } | { readonly kind: 'doing' } | Carried;

interface Props {
  readonly title: string;
  /** Of the button. */
  readonly verb: string;
  /** What it will do, said before it is done. */
  readonly children: ReactNode;
  readonly carryOut: (reason: string) => Promise<Carried>;
  readonly close: () => void;
  readonly done: () => void;
}

const longestReason = 500;

/** Says what will be done, asks why, does it, and shows what was recorded of it. */
export function ReasonDialog({ title, verb, children, carryOut, close, done }: Props) {
  const [reason, setReason] = useState('');
  const [stage, setStage] = useState<Stage>({ kind: 'asking' });
  const isAsking = stage.kind === 'asking' || stage.kind === 'doing';
  const leave = useRef<ButtonProps.Ref>(null);
  // The field that had the focus is gone. Without this, no key would reach the dialog: Esc would not close it.
  useEffect(() => {
    if (!isAsking) leave.current?.focus();
  }, [isAsking]);
  const isReason = reason.trim() !== '' && reason.length <= longestReason;

  const submit = async () => {
    if (!isReason || stage.kind !== 'asking') return;
    setStage({ kind: 'doing' });
    setStage(await carryOut(reason));
    done();
  };

  return (
    <Modal
      visible
      onDismiss={close}
      header={title}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button ref={leave} variant="link" onClick={close}>
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
                {verb}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {isAsking && (
          <>
            <div>{children}</div>
            <ReasonField reason={reason} change={setReason} submit={() => void submit()} />
          </>
        )}
        <Outcome stage={stage} />
      </SpaceBetween>
    </Modal>
  );
}

/** What became of an action, by what the API answered; `tell` says what was done. */
export async function carriedOut<T>(
  answer: Answer<T>,
  tell: (value: T) => ReactNode | Promise<ReactNode>,
): Promise<Carried> {
  switch (answer.kind) {
    case 'problem':
      return { kind: 'refused', problem: answer.problem };
    case 'away':
      return { kind: 'unknown', why: answer.why };
    case 'found':
      return { kind: 'done', told: await tell(answer.value) };
  }
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
          {stage.why} Look again before you ask again.
        </Alert>
      );
    case 'done':
      return (
        <Alert type="success" header="Done">
          {stage.told}
        </Alert>
      );
  }
}
