import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import type { SampleOptions, SendDeps } from '../sending/send-sample.ts';
import type { Terminal } from '../terminal/terminal.ts';

const real: SendDeps = { fetch: (...request) => globalThis.fetch(...request), now: () => new Date() };

export function send(program: Command, terminal: Terminal, deps: SendDeps = real): void {
  const command = program
    .command('send')
    .description('sign a webhook as the provider does, and post it')
    .argument('<preset>', 'whose ("hooklane presets" lists them)')
    .option('--type <type>', "another event type, where the provider's sample can say it")
    .option('--id <id>', 'another event id (default: a fresh one, where the sample can say it)')
    .option('--file <file>', 'a body of your own')
    .option('--header <name: value>', 'another header; may be repeated', collected, [])
    .option('--source <name>', "the source of your configuration (default: the preset's name)")
    .option('--url <url>', 'where to (default: the local cloud)')
    .option('--secret <secret>', "what to sign with (default: the local cloud's own for that source)")
    .option('--data <dir>', 'data folder of the local cloud', '.hooklane')
    .action(async (preset: string, options: SampleOptions) => {
      const { sendSample } = await import('../sending/send-sample.ts');
      terminal.write(await sendSample(preset, options, deps));
    });
  withExamples(command, 'send github', 'send stripe --source billing --type invoice.paid');
}

const collected = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];
