import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { nextCommands, withReasonToSay } from '../operations/next-commands.ts';
import { withReason, type Reasoned } from '../operations/reason.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { printable, writeJson, type Terminal } from '../terminal/terminal.ts';

const actions = {
  pause: {
    operation: 'pauseSource',
    what: 'let the events of a source wait in their lanes; they are accepted and stored as ever',
    done: 'is paused: its events are accepted, stored and wait. What has begun ends.',
    example: "pause billing --reason 'their books are closed until noon'",
  },
  resume: {
    operation: 'resumeSource',
    what: 'let each lane of a paused source go on, in its order',
    done: 'goes on: up to 100 of its lanes at once, the others within a minute or two.',
    example: "resume billing --reason 'their books are open again'",
  },
  reset: {
    operation: 'resetBreaker',
    what: 'the destination of a source is back: its breaker is reset, its lanes go on',
    done: 'is tried again: its first lanes go on at once, a few more each minute.',
    example: "reset github --subscriber crm --reason 'they say that they are back'",
  },
} as const;

/** `pause`, `resume`, and `reset` of a breaker. */
export function pauses(program: Command, terminal: Terminal): void {
  for (const [name, { operation, what, done, example }] of Object.entries(actions)) {
    const command = program
      .command(name)
      .description(what)
      .argument('<source>', 'its name')
      .action(async (source: string, options: TargetOptions & OfSubscriber & Reasoned) => {
        const client = await connect(options, terminal);
        const { value, json } = await client.ask(operation, {
          named: { source },
          query: { subscriber: options.subscriber },
          body: { reason: options.reason },
        });
        if (options.json === true) return writeJson(json, terminal);
        terminal.write(`${printable(value.source)} ${done}\n`);
        const next = { to: 'let it go on', words: withReasonToSay('resume', value.source) };
        if (name === 'pause') terminal.write(nextCommands([next], options, terminal));
      });
    withExamples(withTarget(withReason(withSubscriber(command))), example);
  }
}
