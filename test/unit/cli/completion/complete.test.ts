import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
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
  [['dlq', 'm'], ['move']],
  [['completion', 'z'], ['zsh']],
  [['storm', '--ha'], []],
  [['redrive', 'bil'], []],
  [['nothing', '--'], []],
])('%j may become %j', (words, candidates) => {
  expect(complete(program, words)).toEqual(candidates);
});

it('has every command behind an empty word', () => {
  expect(complete(program, [''])).toEqual(program.commands.map((command) => command.name()));
});

it('works in bash', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hooklane-completion-'));
  const file = join(folder, 'hooklane');
  const cli = join(import.meta.dirname, '../../../../cli/hooklane.ts');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(file, 0o755);
  const script = `${completionScript.bash}COMP_WORDS=(hooklane redrive billing --rea)\nCOMP_CWORD=3\n_hooklane\necho "\${COMPREPLY[@]}"`;

  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
  });

  expect(stdout).toBe('--reason\n');
});
