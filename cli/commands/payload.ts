import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { nameOf } from '../operations/name-of.ts';
import { pathPart } from '../operations/send-request.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { printable, writeJson, type Terminal } from '../terminal/terminal.ts';

export function payload(program: Command, terminal: Terminal): void {
  const command = program
    .command('payload')
    .description('what was received of an event; a permission of its own on AWS')
    .argument('<source>', 'its source, or SOURCE#ID')
    .argument('[id]', 'its id')
    .option('--raw', 'the bytes as they came')
    .action(
      async (
        first: string,
        second: string | undefined,
        options: TargetOptions & OfSubscriber & { readonly raw?: boolean },
      ) => {
        const { source, id } = nameOf(first, second);
        const client = await connect(options, terminal);
        const { subscriber } = options;
        if (options.raw === true) {
          const path = `/payloads/${pathPart(source)}/${pathPart(id)}`;
          const bytes = new Uint8Array(
            await (await client.fetch(path, { query: { as: 'raw', subscriber } })).arrayBuffer(),
          );
          // A terminal is shown what it cannot take for a command.
          return terminal.write(
            terminal.columns === undefined ? bytes : `${shown(Buffer.from(bytes).toString())}\n`,
          );
        }
        const { value, json } = await client.ask('readPayload', {
          named: { source, eventId: id },
          query: { subscriber },
        });
        if (options.json === true) return writeJson(json, terminal);
        const headers = Object.entries(value.headers).map(
          ([name, text]) => `${printable(name)}: ${printable(text)}\n`,
        );
        const body = typeof value.body === 'string' ? value.body : JSON.stringify(value.body, null, 2);
        terminal.write(`${headers.join('')}\n${terminal.columns === undefined ? body : shown(body)}\n`);
      },
    );
  withExamples(withTarget(withSubscriber(command)), 'payload billing evt_1', 'payload billing evt_1 --json');
}

const shown = (text: string): string => text.split('\n').map(printable).join('\n');
