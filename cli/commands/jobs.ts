import { Argument, type Command } from 'commander';
import { wrongUsage } from '../command-error.ts';
import { offering } from '../completion/offers.ts';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { eventFilterOf, withEventFilter, type EventFilter } from '../operations/event-filter.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { nextCommands, withReasonToSay, type NextCommand } from '../operations/next-commands.ts';
import type { OpsClient } from '../operations/ops-client.ts';
import { goOn, withPaging, type Paging } from '../operations/paging.ts';
import { withReason, type Reasoned } from '../operations/reason.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { moment } from '../terminal/moment.ts';
import { progressLine, startProgress } from '../terminal/progress.ts';
import { facts, table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';
import { repairNames } from './repairs.ts';

type Job = AnswerOf<'readJob'>;
type Options = TargetOptions &
  EventFilter &
  Paging &
  Partial<Reasoned> & { readonly rate?: number; readonly yes?: boolean };

const ofJob = 'the id of a job ("hooklane jobs" lists them)';

/** Changes say why, and name what they are about: an action to plan, or the id of a job. */
const whats = {
  list: { names: undefined, changes: false },
  plan: { names: 'redrive, replay, discard or resolve', changes: true },
  show: { names: ofJob, changes: false },
  run: { names: ofJob, changes: true },
  pause: { names: ofJob, changes: true },
  cancel: { names: ofJob, changes: true },
} as const;

/** The same for many events: a plan first, which does nothing yet, then a run that may be stopped and gone on with. */
export function jobs(program: Command, terminal: Terminal): void {
  const command = withPaging(
    withEventFilter(
      program
        .command('jobs')
        .description('the same for many events: plan it, run it with its progress, pause, go on, cancel')
        .addArgument(new Argument('[what]', 'what is done').choices(Object.keys(whats)).default('list'))
        .addArgument(
          offering(
            new Argument('[name]', 'of plan: redrive, replay, discard or resolve; else the id of a job'),
            ([what]) => (what === 'plan' ? repairNames : []),
          ),
        )
        .option('--rate <n>', 'of a plan: the most events a second, 1 to 100', wholeNumber(1, 100))
        .option('--yes', 'of a plan whose filter names nothing: everything is meant'),
    ),
  );
  withReason(command, 'optional').action(
    async (what: keyof typeof whats, name: string | undefined, options: Options) => {
      const { names, changes } = whats[what];
      if (names !== undefined && name === undefined) throw wrongUsage(`jobs ${what} takes ${names}.`);
      if (changes && options.reason === undefined) throw wrongUsage(`jobs ${what} says why: --reason TEXT`);
      const asked = await ask(what, name ?? '', options, await connectFor(options, what, terminal), terminal);
      if (options.json === true) return writeJson(asked.json, terminal);
      terminal.write(asked.text);
    },
  );
  withExamples(
    withTarget(command),
    'jobs',
    "jobs plan replay --source billing --from 2h --reason 'the report was lost'",
  );
}

interface Asked {
  readonly json: unknown;
  readonly text: string;
}

/** Refuses what the API would, before it is looked for. */
async function connectFor(options: Options, what: string, terminal: Terminal): Promise<OpsClient> {
  if (what === 'plan' && options.yes !== true && Object.keys(eventFilterOf(options)).length === 0)
    throw wrongUsage('Without a filter every event is meant. Say --yes if that is so.');
  return await connect(options, terminal);
}

async function ask(
  what: keyof typeof whats,
  name: string,
  options: Options,
  client: OpsClient,
  terminal: Terminal,
): Promise<Asked> {
  const { reason, limit, cursor } = options;
  const change = { named: { id: name }, body: { reason } };
  switch (what) {
    case 'list': {
      const { value, json } = await client.ask('listJobs', { query: { limit, cursor } });
      return { json, text: `${listed(value.items, terminal)}${goOn(value.cursor)}` };
    }
    case 'plan': {
      const { value, json } = await client.ask('planJob', { body: planOf(name, options, terminal.now()) });
      return { json, text: described(value, options, terminal) };
    }
    case 'show': {
      const { value, json } = await client.ask('readJob', { named: { id: name } });
      return { json, text: described(value, options, terminal) };
    }
    case 'run': {
      const { value, json } = await runToTheEnd(name, reason, client, terminal);
      return { json, text: described(value, options, terminal) };
    }
    case 'pause':
    case 'cancel': {
      const { value, json } = await client.ask(what === 'pause' ? 'pauseJob' : 'cancelJob', change);
      return { json, text: described(value, options, terminal) };
    }
  }
}

/** A replay of what was processed up to now, where nothing else is said: its own events are not meant. */
function planOf(action: string, options: Options, now: Date): Readonly<Record<string, unknown>> {
  const given = eventFilterOf(options);
  const to = action === 'replay' && given.from !== undefined ? { to: now.toISOString() } : {};
  const { reason, rate, yes } = options;
  return { action, reason, filter: { ...to, ...given }, ratePerSecond: rate, all: yes };
}

/** The API runs a job for a few seconds each time that it is asked. Whoever stops in between can go on. */
async function runToTheEnd(id: string, reason: string | undefined, client: OpsClient, terminal: Terminal) {
  const progress = startProgress(terminal);
  try {
    for (;;) {
      const answered = await client.ask('runJob', { named: { id }, body: { reason } });
      const { state, progress: counts, plan } = answered.value;
      if (state === 'finished') return answered;
      progress.show('events', plan.events - counts.left, plan.events);
    }
  } finally {
    progress.end();
  }
}

function listed(items: readonly Job[], terminal: Terminal): string {
  if (items.length === 0) return 'There are no jobs.\n';
  return table(
    [
      { name: 'job', cell: ({ id }) => id },
      { name: 'what', cell: ({ action }) => action },
      { name: 'state', cell: ({ state }) => state },
      { name: 'events', cell: countOf, spare: 1 },
      { name: 'planned', cell: ({ createdAt }) => moment(createdAt, terminal.now()), spare: 2 },
      { name: 'by', cell: ({ actor }) => actor, spare: 4 },
      { name: 'why', cell: ({ reason }) => reason, spare: 3 },
    ],
    items,
    terminal,
  );
}

const countOf = ({ plan, progress }: Job): string => `${plan.events - progress.left} of ${plan.events}`;

function described(job: Job, options: TargetOptions, terminal: Terminal): string {
  const { plan, progress } = job;
  const now = terminal.now();
  const known = facts(
    [
      ['job', job.id],
      ['what', `${job.action} ${JSON.stringify(job.filter)}`],
      ['state', job.state === 'planned' ? 'planned: nothing is done yet' : job.state],
      ['events', `${plan.events} in ${plan.lanes} lanes${plan.isWhole ? '' : ', the first of more'}`],
      ['oldest', plan.oldest && moment(plan.oldest, now)],
      ['lanes', plan.firstLanes.join(', ')],
      ['takes', `about ${plan.estimatedSeconds} s at ${job.ratePerSecond} a second`],
      ['progress', progressLine('events', plan.events - progress.left, plan.events)],
      ['done', `${progress.done}, refused ${progress.refused}, moved on ${progress.movedOn}`],
      ['planned', `${moment(job.createdAt, now)}, by ${job.actor}`],
      ['why', job.reason],
      ['run by', job.runBy],
    ],
    terminal,
  );
  return known + nextCommands(whatNext(job), options, terminal);
}

/** What was put back has not run yet, and may fail again. */
function whatNext({ id, action, state, filter: { source } }: Job): readonly NextCommand[] {
  const to = runTo[state];
  if (to !== undefined) return [{ to, words: withReasonToSay('jobs', 'run', id) }];
  if (state !== 'finished' || (action !== 'redrive' && action !== 'replay')) return [];
  return [
    { to: 'what failed again', words: ['attention', ...(source === undefined ? [] : ['--source', source])] },
  ];
}

const runTo: Readonly<Partial<Record<Job['state'], string>>> = {
  planned: 'do it',
  running: 'go on with it',
  paused: 'go on with it',
};
