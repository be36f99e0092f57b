import type { Command } from 'commander';

/** The help of each command, as a terminal of 100 columns has it. */
export function drawCli(program: Command): string {
  return program.commands
    .map((command) => {
      const printed: string[] = [];
      command.configureOutput({ writeOut: (text) => void printed.push(text) });
      command.outputHelp();
      return `### ${command.name()}\n\n\`\`\`text\n${printed.join('').trimEnd()}\n\`\`\`\n`;
    })
    .join('\n')
    .replace(/^/, '\n')
    .replace(/$/, '\n');
}
