import type { Command } from 'commander';
import { eventStates } from '../../functions/ops/meanings.ts';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { nextCommands } from '../operations/next-commands.ts';
import { nameOf, written } from '../operations/name-of.ts';
import { withReason, type Reasoned } from '../operations/reason.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { printable, writeJson, type Terminal } from '../terminal/terminal.ts';

const onEvents = {
  redrive: {
    summary: 'run a failed, quarantined or retrying event again, now',
    examples: [
      "redrive billing evt_2 --reason 'the shop is repaired'",
      "redrive github refused_1 --subscriber crm --reason 'it takes them again'",
    ],
  },
  replay: {
    summary: 'run a processed or ignored event again, on purpose',
    examples: ["replay billing evt_1 --reason 'the report was lost'"],
  },
  discard: {
    summary: 'give an event up: it never runs again, its lane goes on',
    examples: ["discard billing evt_3 --reason 'a test of the provider'"],
  },
  resolve: {
    summary: 'close an event whose effect is there: its lane goes on',
    examples: ["resolve billing evt_4 --reason 'booked by hand'"],
  },
} as const;

export const repairNames = ['redrive', 'replay', 'resolve', 'discard'] as const;
export type RepairName = (typeof repairNames)[number];

export function repairs(program: Command, terminal: Terminal): void {
  for (const action of repairNames) {
    const { summary, examples } = onEvents[action];
    const command = program
      .command(action)
      .description(summary)
      .argument('<source>', 'its source, or SOURCE#ID')
      .argument('[id]', 'its id')
      .action(
        async (
          first: string,
          second: string | undefined,
          options: TargetOptions & OfSubscriber & Reasoned,
        ) => {
          const { source, id } = nameOf(first, second);
          const client = await connect(options, terminal);
          const { value, json } = await client.ask(action, {
            named: { source, eventId: id },
            query: { subscriber: options.subscriber },
            body: { reason: options.reason },
          });
          if (options.json === true) return writeJson(json, terminal);
          const { state, eventId } = value;
          const event = written({ source: value.source, id: eventId });
          terminal.write(`${printable(event)} is ${state} now. ${eventStates[state]}\n`);
          const next = [{ to: 'what becomes of it', words: ['audit', event] }];
          if (state === 'reopened') terminal.write(nextCommands(next, options, terminal));
        },
      );
    withExamples(withTarget(withReason(withSubscriber(command))), ...examples);
  }
}
