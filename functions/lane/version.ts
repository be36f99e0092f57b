const wholeOrFraction = /^(\d{1,30})(?:\.(\d{1,12}))?$/;
const isoTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.(\d{1,12}))?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A growing number or time in the one form that compares: decimal digits, with a fraction where there is one. Times become seconds since
 * 1970 with all the digits they came with (a time without a zone is taken for UTC). Undefined: not a version.
 */
export function normaliseVersion(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : fromTime(value.toISOString());
  if (typeof value === 'number')
    return Number.isSafeInteger(value) || isShortFraction(value) ? fromDecimal(String(value)) : undefined;
  return typeof value === 'string' ? (fromDecimal(value) ?? fromTime(value)) : undefined;
}

/** Negative where `a` is older than `b`, 0 where neither is. Both as `normaliseVersion` gives them. */
export function compareVersions(a: string, b: string): number {
  const [wholeA = '', fractionA = ''] = a.split('.');
  const [wholeB = '', fractionB = ''] = b.split('.');
  return wholeA.length - wholeB.length || compareText(wholeA, wholeB) || compareText(fractionA, fractionB);
}

/** Beyond 2^53 a JSON number has already lost digits. */
function isShortFraction(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value < Number.MAX_SAFE_INTEGER;
}

function fromDecimal(text: string): string | undefined {
  const [, whole, fraction = ''] = wholeOrFraction.exec(text) ?? [];
  return whole === undefined ? undefined : join(whole.replace(/^0+(?=\d)/, ''), fraction);
}

function fromTime(text: string): string | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const [, fraction = ''] = match;
  const hasTime = text.length > 10;
  const hasZone = /(?:z|[+-]\d\d:?\d\d)$/i.test(text.slice(10));
  const ms = Date.parse(hasTime && !hasZone ? `${text}Z` : text);
  return ms >= 0 ? join(String(Math.floor(ms / 1000)), fraction) : undefined;
}

/** Without zeros at the end, so that equal versions are equal texts. */
function join(whole: string, fraction: string): string {
  const significant = fraction.replace(/0+$/, '');
  return significant === '' ? whole : `${whole}.${significant}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
