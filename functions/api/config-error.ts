export interface Mistake {
  /** Where in the configuration: `sources.acme.retry.attempts`. */
  readonly path: string;
  readonly message: string;
}

/** Every mistake of a configuration and its handlers at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(
      ['The configuration has mistakes:', ...mistakes.map((one) => `  ${one.path}: ${one.message}`)].join(
        '\n',
      ),
    );
    this.mistakes = mistakes;
  }
}

/** @throws {ConfigError} */
export function refuseMistakes({ mistakes }: { readonly mistakes: readonly Mistake[] }): void {
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}
