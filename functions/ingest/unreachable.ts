export type Dependency = 'ledger' | 'queue' | 'secrets' | 'keys' | 'sender';

/** Something ingest cannot do without does not answer: the sender has to come again. The one failure that is planned for. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly dependency: Dependency;

  constructor(dependency: Dependency, cause: unknown) {
    super(`the ${dependency} cannot be reached`, { cause });
    this.dependency = dependency;
  }
}

/** Names the dependency whose failure this is, if it fails. */
export async function reaching<T>(dependency: Dependency, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Unreachable(dependency, error);
  }
}
