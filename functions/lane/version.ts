/** Order of two versions as sources give them: decimal integers (times as milliseconds), compared as numbers of any length. */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  const left = BigInt(a);
  const right = BigInt(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
