import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { nameOf, written } from '../operations/name-of.ts';
import { withReason, type Reasoned } from '../operations/reason.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { printable, writeJson, type Terminal } from '../terminal/terminal.ts';

export function release(program: Command, terminal: Terminal): void {
  const command = program
    .command('release')
    .description('let a held lane go on without the event that it rests on')
    .argument('<source>', 'its source, or SOURCE#ENTITY')
    .argument('[entity]', 'its entity')
    .action(
      async (first: string, second: string | undefined, options: TargetOptions & OfSubscriber & Reasoned) => {
        const lane = nameOf(first, second);
        const client = await connect(options, terminal);
        const { value, json } = await client.ask('releaseLane', {
          named: { source: lane.source, entity: lane.id },
          query: { subscriber: options.subscriber },
          body: { reason: options.reason },
        });
        if (options.json === true) return writeJson(json, terminal);
        const event = written({ source: value.source, id: value.eventId });
        terminal.write(
          `${printable(written({ source: value.source, id: lane.id }))} goes on; ${printable(event)} stays ${value.state}.\n`,
        );
      },
    );
  withExamples(
    withTarget(withReason(withSubscriber(command))),
    "release billing cus_5 --reason 'the others cannot wait'",
  );
}
