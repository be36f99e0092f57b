import type { Item } from './dynamodb/items.ts';
import type { Policy } from './scenario.ts';

/** What happened in a simulated world, seen from outside: the checker knows nothing else. Times in virtual ms of one true clock. */
export type Fact = { readonly at: number } & (
  | {
      readonly kind: 'request';
      readonly request: number;
      readonly actor: string;
      readonly source: string;
      readonly events: readonly string[];
    }
  | {
      readonly kind: 'answer';
      readonly request: number;
      readonly status: number;
      readonly outcomes: readonly AnsweredEvent[];
    }
  | {
      readonly kind: 'sent';
      readonly messageId: string;
      readonly event: string;
      readonly actor: string;
      /** False where the queue took it for one that it had. */ readonly isNew: boolean;
    }
  | ({ readonly kind: 'received'; readonly actor: string | undefined } & Delivery)
  | { readonly kind: 'purged'; readonly queue: 'lane' | 'dead' }
  | { readonly kind: 'attempt-started'; readonly run: Run }
  | {
      readonly kind: 'attempt-ended';
      readonly run: Run;
      readonly how: 'returned' | 'threw';
      readonly effects: number;
    }
  | { readonly kind: 'outside-call'; readonly run: Run }
  | {
      readonly kind: 'operator';
      readonly action: string;
      readonly target: string;
      readonly outcome: string;
      readonly actor?: string;
    }
  | { readonly kind: 'policy'; readonly source: string; readonly policy: Policy }
  | { readonly kind: 'expired'; readonly event: string }
  | {
      readonly kind: 'began';
      readonly actor: string;
      readonly skewMs: number;
      readonly policies: Readonly<Record<string, Policy>>;
    }
  | { readonly kind: 'died'; readonly actor: string }
  | { readonly kind: 'healed' }
  /** A run of the sweeper that went through. */
  | {
      readonly kind: 'swept';
      readonly startedAt: number;
      readonly actor: string;
      readonly hasBacklog: boolean;
    }
  | {
      readonly kind: 'written';
      readonly actor: string;
      readonly table: string;
      readonly pk: string;
      readonly sk: string;
      readonly before: Item | undefined;
      readonly after: Item | undefined;
      /** All writes of one transaction carry the same number. */
      readonly commit: number;
    }
);

export interface AnsweredEvent {
  readonly eventId: string;
  readonly status: string;
  readonly state?: string | undefined;
}

export interface Delivery {
  readonly messageId: string;
  readonly receiveCount: number;
  readonly event: string;
  readonly copy: string;
}

/** One run of a handler. */
export interface Run {
  readonly event: string;
  readonly actor: string;
  readonly attempt: number;
  readonly idempotencyKey: string;
  /** True time at which its invocation ends, whatever happens. */
  readonly deadline: number;
}

export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

export class History {
  readonly facts: Fact[] = [];

  add(fact: Fact): void {
    this.facts.push(fact);
  }

  of<K extends Fact['kind']>(kind: K): FactOf<K>[] {
    return this.facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
  }
}
