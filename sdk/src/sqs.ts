import { createOnce, type OnceContext } from './once.ts';
import type { ConsumeOptions } from './settings.ts';
import type { VersionedEntity } from './version.ts';

/** A record of a batch that SQS hands to Lambda, as far as it is used. */
export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes?: { readonly MessageGroupId?: string };
  readonly messageAttributes?: Readonly<Record<string, { readonly stringValue?: string } | undefined>>;
}

export interface SqsOptions<Db> extends ConsumeOptions<Db> {
  /** Default: the message attribute `Idempotency-Key`, else the message id, which a message sent twice has two of. */
  readonly key?: (record: SqsRecord) => string | undefined;
  readonly serializeBy?: (record: SqsRecord) => string | undefined;
  readonly staleIf?: (record: SqsRecord) => VersionedEntity | undefined;
}

export interface SqsBatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/**
 * A Lambda function for SQS; needs `ReportBatchItemFailures`. A record that is not done is left to SQS. Records of one message group run
 * one after the other, and what follows a failed one in its group is left too, so that the order holds.
 */
export function idempotentSqs<Db = unknown>(
  handler: (context: OnceContext<Db> & { readonly record: SqsRecord }) => unknown,
  options: SqsOptions<Db> = {},
): (batch: { readonly Records: readonly SqsRecord[] }) => Promise<SqsBatchResponse> {
  const once = createOnce(options);

  const isDone = async (record: SqsRecord): Promise<boolean> => {
    try {
      const given = record.messageAttributes?.['Idempotency-Key']?.stringValue;
      const key = options.key?.(record) ?? given ?? record.messageId;
      const input = {
        key,
        body: record.body,
        lane: options.serializeBy?.(record),
        version: options.staleIf?.(record),
      };
      const outcome = await once(input, (context) => handler({ ...context, record }));
      // What failed for good is recorded, and would be a failure however often SQS sent it.
      return (
        outcome.kind === 'ran' ||
        outcome.kind === 'stale' ||
        outcome.kind === 'replayed' ||
        outcome.kind === 'failed'
      );
    } catch {
      return false;
    }
  };

  return async ({ Records }) => {
    const groups = new Map<string, SqsRecord[]>();
    for (const record of Records) {
      const group = record.attributes?.MessageGroupId ?? `alone ${record.messageId}`;
      groups.set(group, [...(groups.get(group) ?? []), record]);
    }
    const failed: string[] = [];
    await Promise.all(
      [...groups.values()].map(async (records) => {
        for (const [n, record] of records.entries()) {
          if (await isDone(record)) continue;
          failed.push(...records.slice(n).map(({ messageId }) => messageId));
          return;
        }
      }),
    );
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
