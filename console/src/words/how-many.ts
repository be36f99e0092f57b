/** `1 event`, `2,000 events`. */
export const howMany = (count: number, what: string): string =>
  `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
