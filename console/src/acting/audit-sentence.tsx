import { read } from '../api/operations-api.ts';
import type { Audit, AuditItem } from '../api/wire.ts';
import { AsWritten } from '../words/as-written.tsx';
import { Time } from '../words/time.tsx';

/** The newest item of this kind in an audit, in a sentence. */
export async function auditSentence(path: string, what: AuditItem['what']) {
  const audit = await read<Audit>(path);
  const items = audit.kind === 'found' ? audit.value.items : [];
  const item = items.findLast((one) => one.what === what);
  if (item === undefined) return 'The audit has it.';
  return (
    <>
      The audit says: <strong>{item.what}</strong> at <Time at={item.at} /> by <AsWritten text={item.actor} />
      {item.reason !== undefined && (
        <>
          , because “<AsWritten text={item.reason} />”
        </>
      )}
      .
    </>
  );
}
