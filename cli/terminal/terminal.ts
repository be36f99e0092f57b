import { styleText } from 'node:util';

/** What a command prints on, and its clock. */
export interface Terminal {
  /** To standard output. */
  write(data: string | Uint8Array): void;
  /** To standard error. */
  complain(text: string): void;
  /** Standard output is a terminal of so many columns; undefined: it is a pipe or a file. */
  readonly columns: number | undefined;
  /** Standard error is a terminal: there may be progress on it. */
  readonly hasProgress: boolean;
  /** Standard output shows colours: it is a terminal, and `NO_COLOR` is not set. */
  readonly hasColours: boolean;
  /** Aborted by Ctrl-C, or when nobody reads the output any more. */
  readonly ended: AbortSignal;
  now(): Date;
}

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

export const coloured = (colour: Colour, text: string, { hasColours }: Pick<Terminal, 'hasColours'>) =>
  hasColours ? styleText(colour, text, { validateStream: false }) : text;

/** One JSON document: readable on a terminal, one line in a pipe. */
export function writeJson(value: unknown, terminal: Terminal): void {
  terminal.write(`${JSON.stringify(value, null, terminal.columns === undefined ? 0 : 2)}\n`);
}

/** Text that a sender or an operator chose: control characters move no cursor. */
export const printable = (text: string): string =>
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const short = { '\n': String.raw`\n`, '\t': String.raw`\t`, '\r': String.raw`\r` }[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
