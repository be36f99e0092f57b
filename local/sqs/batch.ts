import { SqsError } from './sqs-error.ts';

type BatchEntry = { Id: string };
type BatchFailure = { Id: string; Code: string; Message: string; SenderFault: boolean };

type BatchResult<R> = { Successful: (R & BatchEntry)[]; Failed: BatchFailure[] };

/** Runs `act` for each entry; one that is refused fails alone. @throws SqsError for a batch that breaks the rules. */
export function runBatch<E extends BatchEntry, R extends object>(
  entries: readonly E[],
  act: (entry: E) => R,
): BatchResult<R> {
  checkEntries(entries);
  const result: BatchResult<R> = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      result.Successful.push({ ...act(entry), Id: entry.Id });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      result.Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return result;
}

function checkEntries(entries: readonly BatchEntry[]): void {
  if (entries.length === 0) {
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > 10) {
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      const allowed = 'alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
      throw new SqsError('InvalidBatchEntryId', `A batch entry id can only contain ${allowed}`);
    }
    if (seen.has(Id)) throw new SqsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
}
