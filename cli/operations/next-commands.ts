import { printable, type Terminal } from '../terminal/terminal.ts';
import { usualDataFolder, type TargetOptions } from './target.ts';

/** What an answer leaves to be done, and the command that does it. */
export interface NextCommand {
  /** In a few words: beside the command there is little room. */
  readonly to: string;
  readonly words: readonly string[];
}

/** Below an answer: commands about the same gateway that can be typed as they stand. They are never broken, since they are copied. */
export function nextCommands(
  commands: readonly NextCommand[],
  options: TargetOptions,
  { columns = Infinity }: Pick<Terminal, 'columns'>,
): string {
  if (commands.length === 0) return '';
  const width = Math.max(...commands.map(({ to }) => to.length));
  const beside = commands.map(({ to, words }) => `${to.padEnd(width)}  ${typed(words, options)}`);
  const below = commands.map(({ to, words }) => `${to}:\n  ${typed(words, options)}`);
  const lines = beside.every((line) => line.length <= columns) ? beside : below;
  return `\n${lines.join('\n')}\n`;
}

/** One command as it can be typed, about the same gateway. */
function typed(words: readonly string[], options: TargetOptions): string {
  const { data, stack, gateway, url, region, profile } = options;
  const named = { stack, gateway, url, region, profile, data: data === usualDataFolder ? undefined : data };
  const target = Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return ['hooklane', ...words, ...target].map(quoted).join(' ');
}

/** As shells take it: an id may hold anything. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-][\w@%+=:,./#-]*$/.test(word) ? word : `'${printable(word).replaceAll("'", `'\\''`)}'`;

/** Of a change: the text is the operator's. */
export const withReasonToSay = (...words: readonly string[]): readonly string[] => [
  ...words,
  '--reason',
  'TEXT',
];
