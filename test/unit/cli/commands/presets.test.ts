import { expect, it } from 'vitest';
import { run } from '../../../../cli/run.ts';
import { presetRow } from '../../../../cli/sending/preset-row.ts';
import { catalog } from '../../../../functions/providers/catalog.ts';
import { testTerminal } from '../../../support/test-terminal.ts';

it('lists every preset once, by name, and counts them', async () => {
  const { terminal, printed } = testTerminal();

  await run(['presets'], terminal);

  const lines = printed.output.trimEnd().split('\n');
  const names = lines.slice(1, -2).map((line) => line.split(' ')[0]);
  expect(lines[0]).toMatch(/^preset +tested against +handshake +splits +sample$/);
  expect(names).toEqual(catalog.map(({ facts }) => facts.name).sort());
  expect(lines.at(-1)).toBe(`${catalog.length} presets`);
});

it.each([
  [
    'github',
    { 'tested against': "the provider's own library", handshake: 'ping', splits: '–', sample: 'yes' },
  ],
  ['gocardless', { splits: 'yes', handshake: '–' }],
  ['plaid', { 'tested against': 'the documented formula', sample: '–' }],
])('says of %s what is known of it', (name, known) => {
  const entry = catalog.find(({ facts }) => facts.name === name)!;

  expect(presetRow(entry)).toMatchObject({ preset: name, ...known });
});
