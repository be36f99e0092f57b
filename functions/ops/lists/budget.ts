/** What one page of a list may cost. A page that has used it up ends, and says where to go on. */
export interface Budget {
  /** Counts requests to the table. */
  readonly spend: (requests: number) => void;
  readonly isSpent: () => boolean;
}

interface Allowance {
  readonly requests: number;
  /** For so long, but not before it has made `atLeast` requests (default 0): on a slow table a page gets on as well. */
  readonly ms: number;
  readonly atLeast?: number;
}

export function budgetOf({ requests, ms, atLeast = 0 }: Allowance, now: () => Date): Budget {
  const began = now().getTime();
  let spent = 0;
  return {
    spend: (made) => void (spent += made),
    isSpent: () => spent >= requests || (spent >= atLeast && now().getTime() - began > ms),
  };
}

/**
 * Whoever looks for something rare goes on from page to page, and sees meanwhile how far back the search has come. A full page of a list without a
 * filter takes some 150 requests: some 20 ms on AWS, where 50 are under way at a time.
 */
export const usualBudget = { requests: 1200, ms: 200, atLeast: 150 } as const;
