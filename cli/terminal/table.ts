import { coloured, printable, type Colour, type Terminal } from './terminal.ts';

export interface Cell {
  readonly text: string;
  readonly colour?: Colour;
}

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => string | Cell | undefined;
  /** Left out first where the table is too wide; the higher number goes first. Default: it stays. */
  readonly spare?: number;
}

const gap = '  ';

/** Longer than this, a column name and its value stand better below each other. */
const nameWidth = 12;

/**
 * Rows as a table that is no wider than the terminal. Spare columns are left out first; where even the rest is too wide, each row
 * becomes a block of lines that has all of them. In a pipe nothing is left out.
 */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  terminal: Terminal,
): string {
  const cells = rows.map((row) => columns.map(({ cell }) => cellOf(cell(row))));
  const widths = columns.map(({ name }, at) =>
    Math.max(name.length, ...cells.map((ofRow) => widthOf(ofRow[at]?.text ?? ''))),
  );
  const shown = fitting(columns, widths, terminal.columns ?? Number.MAX_SAFE_INTEGER);
  if (shown === undefined) return blocks(columns, cells, terminal);
  const line = (texts: readonly string[]) => texts.join(gap).trimEnd();
  const pad = (text: string, at: number) => text + ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)));
  const heading = shown.map((at) => coloured('dim', pad(columns[at]?.name ?? '', at), terminal));
  const lines = cells.map((ofRow) =>
    line(
      shown.map((at) => {
        const { text, colour } = ofRow[at] ?? nothing;
        const padded = pad(text, at);
        return colour === undefined ? padded : coloured(colour, padded, terminal);
      }),
    ),
  );
  return `${[line(heading), ...lines].join('\n')}\n`;
}

const nothing: Cell = { text: '' };

function cellOf(value: string | Cell | undefined): Cell {
  if (value === undefined) return nothing;
  return typeof value === 'string' ? { text: printable(value) } : { ...value, text: printable(value.text) };
}

/** Which columns are shown; undefined: too few would be left. */
function fitting<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  width: number,
): readonly number[] | undefined {
  let shown = columns.map((_, at) => at);
  for (;;) {
    const total = shown.reduce((sum, at) => sum + (widths[at] ?? 0), gap.length * (shown.length - 1));
    if (total <= width) return shown;
    const [first] = shown
      .filter((at) => columns[at]?.spare !== undefined)
      .sort((a, b) => (columns[b]?.spare ?? 0) - (columns[a]?.spare ?? 0));
    if (first === undefined) return undefined;
    shown = shown.filter((at) => at !== first);
  }
}

function blocks<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly Cell[])[],
  terminal: Terminal,
): string {
  return cells
    .map((ofRow) =>
      facts(
        columns.map(({ name }, at) => [name, ofRow[at]]),
        terminal,
      ),
    )
    .join('\n');
}

/** What is known of one thing, a line each; what is undefined or empty is left out. Long values are wrapped, not cut. */
export function facts(
  known: readonly (readonly [string, string | Cell | undefined])[],
  terminal: Terminal,
): string {
  const there = known
    .map(([name, value]) => [name, cellOf(value)] as const)
    .filter(([, { text }]) => text !== '');
  const nameColumn = Math.min(nameWidth, Math.max(0, ...there.map(([name]) => name.length)));
  const width = Math.max(10, (terminal.columns ?? Number.MAX_SAFE_INTEGER) - nameColumn - gap.length);
  const lines = there.flatMap(([name, { text, colour }]) =>
    wrapped(text, width).map((part, at) => {
      const label = coloured('dim', (at === 0 ? name : '').padEnd(nameColumn), terminal);
      return `${label}${gap}${colour === undefined ? part : coloured(colour, part, terminal)}`.trimEnd();
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** Lines of at most so many columns, broken at spaces where there is one. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const cut = lengthOf(rest, width);
    const space = rest.lastIndexOf(' ', cut);
    const at = space > 0 ? space : cut;
    lines.push(rest.slice(0, at));
    rest = rest.slice(space > 0 ? at + 1 : at);
  }
  return [...lines, rest];
}

/** How many UTF-16 units of a text fill so many columns, at least one character. */
function lengthOf(text: string, width: number): number {
  let length = 0;
  let columns = 0;
  for (const character of text) {
    columns += widthOf(character);
    if (columns > width && length > 0) break;
    length += character.length;
  }
  return length;
}

/** Characters of East Asian scripts and emoji take two columns, combining ones none. */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200d|\ufe0f/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
