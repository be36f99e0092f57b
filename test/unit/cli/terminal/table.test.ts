import { describe, expect, it } from 'vitest';
import { exact, moment, relative, span } from '../../../../cli/terminal/moment.ts';
import { progressLine, startProgress } from '../../../../cli/terminal/progress.ts';
import { facts, table, widthOf, wrapped, type Column } from '../../../../cli/terminal/table.ts';
import { coloured, printable } from '../../../../cli/terminal/terminal.ts';
import { testTerminal } from '../../../support/test-terminal.ts';

interface Row {
  readonly id: string;
  readonly why: string;
  readonly lane?: string;
}
const columns: readonly Column<Row>[] = [
  { name: 'event', cell: ({ id }) => id },
  { name: 'why', cell: ({ why }) => ({ text: why, colour: 'red' }) },
  { name: 'lane', cell: ({ lane }) => lane, spare: 1 },
];
const rows: readonly Row[] = [
  { id: 'billing#evt_1', why: 'permanent-error', lane: 'billing#cus_12345' },
  { id: 'billing#evt_20', why: 'gap' },
];
const at = (width: number | undefined, given = rows) =>
  table(columns, given, testTerminal({ columns: width }).terminal);

describe('a table', () => {
  it('has everything where it fits, and in a pipe', () => {
    const whole = [
      'event           why              lane',
      'billing#evt_1   permanent-error  billing#cus_12345',
      'billing#evt_20  gap',
      '',
    ].join('\n');

    expect(at(60)).toBe(whole);
    expect(at(undefined)).toBe(whole);
  });

  it('leaves out a spare column where it is too wide', () => {
    expect(at(40)).toBe('event           why\nbilling#evt_1   permanent-error\nbilling#evt_20  gap\n');
  });

  it('becomes blocks that have everything where even the rest is too wide, and no line is wider than the terminal', () => {
    const long = {
      id: `billing#${'x'.repeat(60)}`,
      why: 'a reason of several words that is long',
      lane: 'l',
    };

    const printed = at(40, [long]);

    expect(printed.replaceAll(/\s/g, '')).toContain('x'.repeat(60));
    expect(printed).toMatch(/^event +billing#x/);
    expect(printed).toMatch(/^lane {3}l$/m);
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('moves no cursor, whatever an id holds', () => {
    expect(at(undefined, [{ id: 'a\u001b[2Jb\nc', why: '\u202e' }])).toContain(
      String.raw`a\u001b[2Jb\nc  \u202e`,
    );
  });

  it('counts wide characters as two columns and combining ones as none', () => {
    expect([widthOf('abc'), widthOf('注文'), widthOf('é'), widthOf('🚀')]).toEqual([3, 4, 1, 2]);
    expect(wrapped('注文注文', 4)).toEqual(['注文', '注文']);
  });

  it('leaves out what is not known', () => {
    const { terminal } = testTerminal();

    expect(
      facts(
        [
          ['state', 'failed'],
          ['why', undefined],
          ['lane', ''],
        ],
        terminal,
      ),
    ).toBe('state  failed\n');
  });
});

describe('colours', () => {
  it('are on a terminal alone', () => {
    expect(coloured('red', 'x', { hasColours: false })).toBe('x');
    expect(coloured('red', 'x', { hasColours: true })).toBe('\u001b[31mx\u001b[39m');
  });
});

describe('times', () => {
  const now = new Date('2026-11-29T12:00:00.400Z');

  it.each([
    ['2026-11-29T12:00:00.000Z', 'now'],
    ['2026-11-29T11:59:15.000Z', '45 s ago'],
    ['2026-11-29T11:57:00.000Z', '3 min ago'],
    ['2026-11-29T14:00:01.000Z', 'in 2 h'],
    ['2026-11-20T12:00:00.000Z', '9 d ago'],
  ])('%s is %s', (time, said) => {
    expect(relative(new Date(time), now)).toBe(said);
  });

  it('are exact, too', () => {
    expect(exact(now)).toBe('2026-11-29 12:00:00Z');
    expect(moment(now, now)).toBe('now, 2026-11-29 12:00:00Z');
    expect(span(90_000)).toBe('1 min');
  });
});

describe('progress', () => {
  const lineAfter = (ms: number, hasProgress: boolean) => {
    let time = 0;
    const { terminal, printed } = testTerminal({ hasProgress, now: () => new Date(time) });
    const progress = startProgress(terminal);
    time = ms;
    progress.show('events', 1, 4);
    progress.end();
    return printed.errors;
  };

  it('is shown after a second, on a terminal alone, and is gone at the end', () => {
    expect(lineAfter(999, true)).toBe('');
    expect(lineAfter(1000, false)).toBe('');
    expect(lineAfter(1000, true)).toMatch(/^\r\u001b\[K█{5}░{15} 25 % {2}1 of 4 events\r\u001b\[K$/);
  });

  it('has no bar where the whole is not known', () => {
    expect(progressLine('events', 1200)).toBe('1,200 events');
    expect(progressLine('starting')).toBe('starting …');
  });
});

it('prints what can be printed as it is', () => {
  expect(printable('Zürich – 注文 #7')).toBe('Zürich – 注文 #7');
});
