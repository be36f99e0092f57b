import { Argument, type Command, type Option } from 'commander';
import { offeredWords } from './offers.ts';

/**
 * What the word at the end of a command line may become: commands, the options of a command, the words that an argument or an option takes.
 * `sources`: the names that are known.
 */
export function complete(
  program: Command,
  words: readonly string[],
  sources: readonly string[],
): readonly string[] {
  const [name, ...rest] = words;
  if (rest.length === 0)
    return starting(
      program.commands.map((command) => command.name()),
      name ?? '',
    );
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) return [];
  const current = rest.at(-1) ?? '';
  if (current.startsWith('-')) {
    const options = command.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
    return starting([...options, '--help'], current);
  }
  const { option, args } = read(command, rest.slice(0, -1));
  const taker = option ?? command.registeredArguments[args.length];
  if (taker === undefined) return [];
  if (taker.name() === 'source') return starting(sources, current);
  const offered = taker instanceof Argument ? offeredWords(taker, args) : [];
  return starting(taker.argChoices ?? offered, current);
}

interface Read {
  readonly args: readonly string[];
  /** Whose value comes next. */
  readonly option: Option | undefined;
}

function read(command: Command, words: readonly string[]): Read {
  const args: string[] = [];
  let option: Option | undefined;
  for (const word of words) {
    const isValue = option !== undefined;
    option = isValue
      ? undefined
      : command.options.find((one) => (one.required || one.optional) && [one.long, one.short].includes(word));
    if (!isValue && !word.startsWith('-')) args.push(word);
  }
  return { args, option };
}

const starting = (candidates: readonly string[], text: string): readonly string[] =>
  candidates.filter((candidate) => candidate.startsWith(text));

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What a shell reads to ask for completions. Where there are none it completes file names. */
export const completionScript: Readonly<Record<Shell, string>> = {
  bash: `_hooklane() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  mapfile -t COMPREPLY < <(hooklane completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [ \${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -F _hooklane hooklane
`,
  zsh: `#compdef hooklane
_hooklane() {
  local -a found
  found=(\${(f)"$(hooklane completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  (( \${#found} )) && compadd -- $found || _files
}
compdef _hooklane hooklane
`,
  fish: `complete -c hooklane -f -a '(hooklane completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};
