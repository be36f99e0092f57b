import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { complete, completionScript } from '../../../../cli/completion/complete.ts';
import { hooklane } from '../../../../cli/program.ts';
import { testTerminal } from '../../../support/test-terminal.ts';

const program = hooklane(testTerminal().terminal);

it.each<[readonly string[], readonly string[]]>([
  [['aud'], ['audit']],
  [['redr'], ['redrive']],
  [
    ['redrive', 'billing', '--re'],
    ['--reason', '--region'],
  ],
  [
    ['jobs', ''],
    ['list', 'plan', 'show', 'run', 'pause', 'cancel'],
  ],
  [
    ['jobs', 'p'],
    ['plan', 'pause'],
  ],
  [['jobs', '--source', 'billing', '--yes', 'ca'], ['cancel']],
  [['jobs', '--source', 'ca'], []],
  [['jobs', 'plan', 'ca'], []],
  [
    ['jobs', 'plan', 're'],
    ['redrive', 'replay', 'resolve'],
  ],
  [['jobs', 'plan', '--source', 'billing', 'd'], ['discard']],
  [['jobs', 'run', 're'], []],
  [
    ['jobs', 'plan', 'redrive', '--state', 're'],
    ['retrying', 'reopened', 'resolved'],
  ],
  [['events', '--state', 'qu'], ['quarantined']],
  [
    ['lanes', '--state', ''],
    ['held', 'turn', 'gap'],
  ],
  [['attention', '--source', 'b'], ['billing']],
  [
    ['pause', ''],
    ['billing', 'github'],
  ],
  [['dlq', 'm'], ['move']],
  [['completion', 'z'], ['zsh']],
  [['storm', '--ha'], []],
  [['redrive', 'bil'], ['billing']],
  [['redrive', 'billing', 'git'], []],
  [['nothing', '--'], []],
])('%j may become %j', (words, candidates) => {
  expect(complete(program, words, ['billing', 'github'])).toEqual(candidates);
});

it('has every command behind an empty word', () => {
  expect(complete(program, [''], [])).toEqual(program.commands.map((command) => command.name()));
});

it('works in bash, and knows the sources of the local cloud that runs in this folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hooklane-completion-'));
  const file = join(folder, 'hooklane');
  const cli = join(import.meta.dirname, '../../../../cli/hooklane.ts');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(file, 0o755);
  for (const [dataFolder, source] of [
    ['.hooklane', 'billing'],
    ['other', 'shop'],
  ] as const) {
    mkdirSync(join(folder, dataFolder));
    const endpoints = { url: 'http://127.0.0.1:4700', sources: [source] };
    writeFileSync(join(folder, dataFolder, 'endpoints.json'), JSON.stringify(endpoints));
  }
  const lines = [
    ['redrive', 'billing', '--rea'],
    ['pause', ''],
    ['pause', '--data', 'other', ''],
    ['pause', '--stack', 'Shop', 'bi'],
  ];
  const asked = lines.map((words) =>
    [
      `COMP_WORDS=(hooklane ${words.map((word) => `'${word}'`).join(' ')})`,
      `COMP_CWORD=${words.length}`,
      '_hooklane',
      'echo "${COMPREPLY[0]}"',
    ].join('\n'),
  );

  const { stdout } = await promisify(execFile)('bash', ['-c', completionScript.bash + asked.join('\n')], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
  });

  expect(stdout.split('\n')).toEqual(['--reason', 'billing', 'shop', '', '']);
});
