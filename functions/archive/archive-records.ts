import { gzipSync } from 'node:zlib';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ObjectStore } from '../ledger/body-store.ts';

/**
 * Copies a batch of the ledger's stream into one object: gzipped, a line of JSON for each item that was added (or changed, or removed), with its keys and
 * images as DynamoDB writes them. The name is made of the batch, so that a batch which comes again finds its object there. Throws where the
 * bucket does not take it: then the stream stands still, and comes again.
 */
export async function archiveRecords(
  records: readonly DynamoDBRecord[],
  bucket: Pick<ObjectStore, 'put'>,
): Promise<void> {
  const [first] = records;
  if (first === undefined) return;
  const lines = records.map(
    ({ eventName, dynamodb: { ApproximateCreationDateTime: at = 0, Keys, NewImage, OldImage } = {} }) =>
      JSON.stringify({
        what: eventName,
        at: new Date(at * 1000).toISOString(),
        keys: Keys,
        new: NewImage,
        old: OldImage,
      }),
  );
  await bucket.put(nameOf(first, records.at(-1) ?? first), gzipSync(lines.join('\n')));
}

/** By day, then by the stream's numbers: `2026/11/24/111-222.ndjson.gz`. */
function nameOf(first: DynamoDBRecord, last: DynamoDBRecord): string {
  const at = new Date((first.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000);
  const day = at.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/${numberOf(first)}-${numberOf(last)}.ndjson.gz`;
}

const numberOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? 'none';
