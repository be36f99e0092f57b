import { parseArgs } from 'node:util';
import { reasonOf, StartError } from '../../local/start-error.ts';

export const usage = `Usage: hooklane start [options]   (in the checkout: npm start -- [options])

  --config FILE   another configuration (default hooklane.config.ts)
  --handlers FILE other handlers (default handlers/index.ts beside the configuration)
  --port N        of the gateway; 0 for any free one (default 4700)
  --data DIR      where everything is kept (default .hooklane)
  --workers N     processes of the processor, 1 to 64 (default 4)
  --help          this text
`;

interface CommandLine {
  readonly configFile: string;
  readonly handlersFile?: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly workers: number;
  readonly help: boolean;
}

/** Throws `StartError`, one line, for anything it does not know. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  return {
    configFile: values.config,
    ...(values.handlers === undefined ? {} : { handlersFile: values.handlers }),
    port: wholeNumber('--port', values.port, 0, 65_535),
    dataFolder: values.data,
    workers: wholeNumber('--workers', values.workers, 1, 64),
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        config: { type: 'string', default: 'hooklane.config.ts' },
        handlers: { type: 'string' },
        port: { type: 'string', default: '4700' },
        data: { type: 'string', default: '.hooklane' },
        workers: { type: 'string', default: '4' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${reasonOf(error)} (--help lists the options)`);
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new StartError(`${option} must be a whole number from ${least} to ${most}, not "${text}".`);
}
