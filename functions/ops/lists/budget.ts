/** What one page of a list may cost. A page that has used it up ends, and says where to go on. */
export interface Budget {
  /** Counts requests to the table. */
  readonly spend: (requests: number) => void;
  readonly isSpent: () => boolean;
}

export function budgetOf(
  { requests, ms }: { readonly requests: number; readonly ms: number },
  now: () => Date,
): Budget {
  const until = now().getTime() + ms;
  let left = requests;
  return {
    spend: (made) => void (left -= made),
    isSpent: () => left <= 0 || now().getTime() > until,
  };
}

/** Some 0.2 s on AWS, where 50 are under way at a time. */
export const usualBudget = { requests: 1200, ms: 2000 } as const;
