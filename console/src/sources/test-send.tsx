import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { eventHref, listHref } from '../address.ts';
import { act, inPath, type Answer } from '../api/operations-api.ts';
import { ProblemAlert } from '../words/problem-alert.tsx';

interface Tried {
  readonly status: number;
  readonly body: string;
}

type Stage = 'ready' | 'sending' | Answer<Tried>;

/** The local cloud has the secrets, so it can sign as the sender does. */
export function TestSend({ source, done }: { readonly source: string; readonly done: () => void }) {
  const [stage, setStage] = useState<Stage>('ready');
  const send = async () => {
    setStage('sending');
    setStage(await act<Tried>(`console/try/${inPath(source)}`, {}));
    done();
  };
  return (
    <SpaceBetween size="s">
      <Button loading={stage === 'sending'} loadingText="Sending" onClick={() => void send()}>
        Send a test event
      </Button>
      <Box color="text-body-secondary">
        A sample, signed as its sender signs. It is an event like any other: its handler runs.
      </Box>
      {typeof stage === 'object' && <Outcome source={source} answer={stage} />}
    </SpaceBetween>
  );
}

function Outcome({ source, answer }: { readonly source: string; readonly answer: Answer<Tried> }) {
  switch (answer.kind) {
    case 'problem':
      return <ProblemAlert problem={answer.problem} />;
    case 'away':
      return (
        <Alert type="warning" header="It is not known whether it was sent">
          {answer.why}
        </Alert>
      );
    case 'found': {
      const { status, body } = answer.value;
      const isTaken = status >= 200 && status < 300;
      const eventId = eventIdIn(body);
      return (
        <Alert type={isTaken ? 'success' : 'error'} header={`The gateway answered ${status}`}>
          <div className="code as-written">{body}</div>
          {isTaken ? (
            <Link href={eventId === undefined ? listHref('events', { source }) : eventHref(source, eventId)}>
              {eventId === undefined ? 'Its events' : `The event ${eventId}`}
            </Link>
          ) : (
            <Link href={listHref('rejections', { source })}>Its rejections</Link>
          )}
        </Alert>
      );
    }
  }
}

/** The gateway names the event it made; some providers want an answer of their own instead. */
function eventIdIn(body: string): string | undefined {
  try {
    const answered: unknown = JSON.parse(body);
    return typeof answered === 'object' &&
      answered !== null &&
      'eventId' in answered &&
      typeof answered.eventId === 'string'
      ? answered.eventId
      : undefined;
  } catch {
    return undefined;
  }
}
