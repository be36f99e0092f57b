export interface Violation {
  readonly guarantee: 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6' | 'G7' | 'G8';
  /** What is wrong, in words that do not change from history to history. */
  readonly what: string;
  /** Whom it happened to, and when. */
  readonly details: string;
}
