/** What one page of a list may cost. A page that has used it up ends, and says where to go on. */
export interface Budget {
  /** Counts requests to the table. */
  readonly spend: (requests: number) => void;
  /** `rows`: how many the page has. */
  readonly isSpent: (rows?: number) => boolean;
}

interface Allowance {
  readonly requests: number;
  readonly ms: number;
  /** A page that has rows ends sooner (default: it does not), but not before it has made so many requests. */
  readonly withRows?: { readonly requests: number; readonly ms: number };
}

export function budgetOf({ requests, ms, withRows }: Allowance, now: () => Date): Budget {
  const began = now().getTime();
  let spent = 0;
  return {
    spend: (made) => void (spent += made),
    isSpent(rows = 0) {
      const tookMs = now().getTime() - began;
      if (spent >= requests || tookMs > ms) return true;
      return rows > 0 && withRows !== undefined && spent >= withRows.requests && tookMs > withRows.ms;
    },
  };
}

/**
 * Whoever looks for something rare sees the first rows at once, and goes on from there; an empty page would say nothing. A full page of a list
 * without a filter takes some 150 requests: some 20 ms on AWS, where 50 are under way at a time.
 */
export const usualBudget = { requests: 1200, ms: 2000, withRows: { requests: 150, ms: 200 } } as const;
