export type Neighbour = 'ledger' | 'queue' | 'secrets' | 'keys' | 'sender';

/** Something ingest cannot do without does not answer: the sender has to come again. The one failure that is planned for. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly neighbour: Neighbour;

  constructor(neighbour: Neighbour, cause: unknown) {
    super(`the ${neighbour} cannot be reached`, { cause });
    this.neighbour = neighbour;
  }
}

/** Names the neighbour whose failure this is, if it fails. */
export async function reaching<T>(neighbour: Neighbour, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Unreachable(neighbour, error);
  }
}
