import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function presets(program: Command, terminal: Terminal): void {
  const command = program
    .command('presets')
    .description('the providers that are known: how each is verified, tested, tried')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const [{ catalog }, { presetRow }] = await Promise.all([
        import('../../functions/providers/catalog.ts'),
        import('../sending/preset-row.ts'),
      ]);
      const rows = catalog.map(presetRow);
      if (json === true) return writeJson(rows, terminal);
      const columns = [
        { name: 'preset', cell: (row: (typeof rows)[number]) => row.preset },
        { name: 'tested against', cell: (row: (typeof rows)[number]) => row['tested against'] },
        { name: 'handshake', cell: (row: (typeof rows)[number]) => row.handshake, spare: 1 },
        { name: 'splits', cell: (row: (typeof rows)[number]) => row.splits, spare: 3 },
        { name: 'sample', cell: (row: (typeof rows)[number]) => row.sample, spare: 2 },
      ];
      terminal.write(`${table(columns, rows, terminal)}\n${rows.length} presets\n`);
    });
  withExamples(command, 'presets', 'presets --json');
}
