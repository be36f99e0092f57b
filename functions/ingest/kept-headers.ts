/** Credentials by their names, and what transport adds; neither says anything about the event. */
const dropped = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'connection',
  'content-length',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  // Names that every JavaScript object has: no item of the ledger can hold them as they are.
  'constructor',
  '__proto__',
]);
const droppedPrefixes = ['accept', 'x-forwarded-', 'x-amzn-', 'proxy-'];

/** A DynamoDB write is paid by the KB; API Gateway itself lets through 10 KB. */
const keptBytes = 8 * 1024;

/**
 * What is kept of a request's headers: all that a handler could need, without credentials and transport noise. Over 8 KB in all the
 * longest ones fall out, so that one that is huge costs no other its place.
 */
export function keptHeaders(
  headers: Readonly<Record<string, string>>,
  secretHeaders: readonly string[] = [],
): Record<string, string> {
  const useful = Object.entries(headers)
    .filter(([name]) => !dropped.has(name) && !secretHeaders.includes(name))
    .filter(([name]) => !droppedPrefixes.some((prefix) => name.startsWith(prefix)))
    .map(([name, value]) => ({ name, value, bytes: Buffer.byteLength(name) + Buffer.byteLength(value) }))
    .sort((a, b) => a.bytes - b.bytes || (a.name < b.name ? -1 : 1));

  const kept: [string, string][] = [];
  let total = 0;
  for (const { name, value, bytes } of useful) {
    total += bytes;
    if (total > keptBytes) break;
    kept.push([name, value]);
  }
  return Object.fromEntries(kept);
}
