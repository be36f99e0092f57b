import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import { inPath } from '../api/operations-api.ts';
import { useReading } from '../api/use-reading.ts';
import type { Configuration, Event, Payload } from '../api/wire.ts';
import { isLocalCloud } from '../shell/where.ts';
import { Copyable } from '../words/copyable.tsx';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { sendLocally } from './send-locally.ts';

/** What was received. It is read when it is asked for: it may be large, and has a permission of its own. */
export function PayloadView({ event }: { readonly event: Event }) {
  const { source, eventId, bodyBytes } = event;
  const [isAsked, ask] = useState(false);
  const path = `payloads/${inPath(source)}/${inPath(eventId)}`;
  const payload = useReading<Payload>(isAsked ? path : undefined, 0);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={!isAsked && <Button onClick={() => ask(true)}>Show the payload</Button>}
        >
          Payload
        </Header>
      }
    >
      {!isAsked && <Box color="text-body-secondary">Body and headers as they were received.</Box>}
      {isAsked && payload.isFirst && <Loading what="the payload" />}
      {payload.problem !== undefined && <ProblemAlert problem={payload.problem} />}
      {payload.value !== undefined && <Received payload={payload.value} />}
      {isAsked && bodyBytes !== undefined && <Again event={event} />}
    </Container>
  );
}

function Again({ event }: { readonly event: Event }) {
  const configuration = useReading<Configuration>('ops/configuration', 0);
  const configured = configuration.value?.sources.find(({ source }) => source === event.source);
  const command = configured && sendLocally(configured, event, isLocalCloud);
  if (command === undefined) return null;
  return (
    <Box padding={{ top: 'm' }}>
      <strong>To your local cloud, signed anew</strong>
      <div className="code">
        <Copyable text={command} what="the command" />
      </div>
      <Box color="text-body-secondary">
        Where that has an event of this id, it is answered as a duplicate.
      </Box>
    </Box>
  );
}

function Received({ payload: { headers, format, body, redacted } }: { readonly payload: Payload }) {
  const names = Object.keys(headers).sort();
  const asText = (space: number) => (typeof body === 'string' ? body : JSON.stringify(body, null, space));
  return (
    <Tabs
      ariaLabel="The payload"
      tabs={[
        {
          id: 'pretty',
          label: format === 'json' ? 'Pretty' : format === 'text' ? 'Text' : 'Base64',
          content: (
            <>
              <Shown text={asText(2)} />
              {redacted.length > 0 && (
                <Box color="text-body-secondary">Not shown, as configured: {redacted.join(', ')}</Box>
              )}
            </>
          ),
        },
        ...(format === 'json'
          ? [{ id: 'line', label: 'In one line', content: <Shown text={asText(0)} /> }]
          : []),
        {
          id: 'headers',
          label: `Headers (${names.length})`,
          content: (
            <KeyValuePairs
              columns={2}
              items={names.map((name) => ({
                label: name,
                value: <span className="as-written code">{headers[name]}</span>,
              }))}
            />
          ),
        },
      ]}
    />
  );
}

/** Of a long text the beginning: a page of 5 MB is of use to nobody. */
const mostShown = 200_000;

const Shown = ({ text }: { readonly text: string }) => (
  <>
    <pre className="payload as-written code" tabIndex={0} aria-label="Body">
      {text.slice(0, mostShown)}
    </pre>
    {text.length > mostShown && (
      <Box color="text-body-secondary">
        The first {mostShown.toLocaleString()} of {text.length.toLocaleString()} characters.
      </Box>
    )}
  </>
);
