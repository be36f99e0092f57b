import type { Command } from 'commander';
import { Ended } from '../command-error.ts';
import type { Finding } from '../doctor/checkup.ts';
import { withExamples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { connect } from '../operations/connect.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

const colours = { ok: 'green', wrong: 'red', unknown: 'yellow' } as const;

export function doctor(program: Command, terminal: Terminal): void {
  const command = program
    .command('doctor')
    .description('versions, configuration, credentials, clock, secrets and queue settings: what is wrong?')
    .option('--config <file>', 'the configuration', 'hooklane.config.ts')
    .option('--handlers <file>', 'its handlers (default: handlers/index.ts beside it)')
    .action(async (options: TargetOptions & { readonly config: string; readonly handlers?: string }) => {
      const findings = await examine(options, terminal);
      const isWell = findings.every(({ state }) => state !== 'wrong');
      if (options.json === true) writeJson({ isWell, findings }, terminal);
      else {
        terminal.write(
          table(
            [
              { name: 'what', cell: ({ what }) => what },
              {
                name: 'is',
                cell: ({ state }) => ({
                  text: state === 'wrong' ? 'WRONG' : state,
                  colour: colours[state],
                }),
              },
              { name: 'detail', cell: ({ detail }) => detail },
            ],
            findings,
            terminal,
          ),
        );
      }
      if (!isWell) throw new Ended(exitCodes.failed);
    });
  withExamples(withTarget(command), 'doctor', 'doctor --json');
}

async function examine(
  options: TargetOptions & { readonly config: string; readonly handlers?: string },
  terminal: Terminal,
): Promise<readonly Finding[]> {
  const { checkConfiguration, checkGateway, checkQueues, checkVersions } =
    await import('../doctor/checkup.ts');
  const { findings, config } = await checkConfiguration(options.config, options.handlers);
  const client = await connect(options, terminal);
  return [
    ...checkVersions(process.versions.node),
    ...findings,
    ...(await checkGateway(client, () => terminal.now())),
    ...(config === undefined ? [] : await checkQueues(client.target, config, options.data)),
  ];
}
