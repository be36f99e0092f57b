import type { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { partsOfName } from '../../functions/sources/subscribers.ts';
import { wrongUsage } from '../command-error.ts';
import { withExamples } from '../examples.ts';
import { arrivals, type Arrived } from '../listening/arrivals.ts';
import { postCopy, type Posted } from '../listening/post-copy.ts';
import { readReceived } from '../listening/received.ts';
import { connect } from '../operations/connect.ts';
import type { OpsClient } from '../operations/ops-client.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { exact } from '../terminal/moment.ts';
import { coloured, printable, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options extends TargetOptions {
  readonly forward: string;
  readonly source?: string;
  readonly type?: string;
  readonly every: number;
}

/** Lanes whose copies are posted at the same time. */
const atATime = 8;

/** A copy of each event that comes in is posted to a server of the developer's, until Ctrl-C. The gateway is read alone: nothing of it is written. */
export function listen(program: Command, terminal: Terminal): void {
  const command = program
    .command('listen')
    .description('a copy of each event that comes in, posted to your own machine, until Ctrl-C')
    .requiredOption('--forward <url>', 'where to: a server of yours')
    .option('--source <name>', 'of a source')
    .option('--type <type>', 'of a type')
    .option('--every <seconds>', 'how often the API is asked', wholeNumber(1, 60), 2)
    .action(async (options: Options) => {
      const { forward, source, type, every } = options;
      if (!/^https?:\/\//.test(forward) || !URL.canParse(forward))
        throw wrongUsage(`"${forward}" is no http address.`);
      const client = await connect(options, terminal);
      const next = arrivals(client, { ...(source && { source }), ...(type && { type }) }, () =>
        terminal.now(),
      );
      await next();
      if (options.json !== true)
        terminal.write(`What comes in at ${client.target.where} from now on is posted to ${forward}.\n`);
      while (!terminal.ended.aborted) {
        // What is handed on to a subscriber is the same payload once more: it is meant where it is named.
        const events = (await next()).filter(
          (event) => source !== undefined || partsOfName(event.source).subscriber === undefined,
        );
        await inLanes(events, terminal, async (event) => {
          report(event, await copyOf(event, forward, client, terminal), options, terminal);
        });
        await sleep(every * 1000, undefined, { signal: terminal.ended }).catch(() => undefined);
      }
    });
  withExamples(
    withTarget(command),
    'listen --forward http://localhost:3000 --source billing',
    'listen --forward http://localhost:3000/hooks --json',
  );
}

/** One after the other in each lane, some lanes side by side. */
async function inLanes(
  events: readonly Arrived[],
  { ended }: Terminal,
  act: (event: Arrived) => Promise<void>,
): Promise<void> {
  const lanes = [
    ...Map.groupBy(events, ({ source, eventId, lane }) => lane ?? `${source}#${eventId}`).values(),
  ];
  const work = async () => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const event of lane) if (!ended.aborted) await act(event);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
}

interface Copied {
  readonly posted: Posted;
  readonly redacted: readonly string[];
}

async function copyOf(
  event: Arrived,
  forward: string,
  client: OpsClient,
  { ended }: Terminal,
): Promise<Copied> {
  const received = await readReceived(event, client);
  if (received.kind === 'none') return { posted: { kind: 'not-posted', why: received.why }, redacted: [] };
  return { posted: await postCopy(forward, event, received, ended), redacted: received.redacted };
}

function report(event: Arrived, { posted, redacted }: Copied, { json }: Options, terminal: Terminal): void {
  const { source, eventId, type, lane, acceptedAt } = event;
  if (json === true) {
    const line = { source, eventId, type, lane, acceptedAt, redacted, ...posted };
    return terminal.write(`${JSON.stringify(line)}\n`);
  }
  const isWell = posted.kind === 'answered' && posted.status < 400;
  const outcome =
    posted.kind === 'answered' ? `${posted.status} in ${posted.ms} ms` : `not posted: ${posted.why}`;
  const without = redacted.length === 0 ? '' : `  redacted: without ${redacted.join(', ')}`;
  const parts = [
    exact(acceptedAt ?? terminal.now()),
    printable(`${source}#${eventId}`),
    printable(type ?? ''),
    coloured(isWell ? 'green' : 'red', printable(outcome), terminal) + printable(without),
  ];
  terminal.write(`${parts.filter((part) => part !== '').join('  ')}\n`);
}
