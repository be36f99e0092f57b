import type { Item } from './dynamodb/items.ts';
import type { Content } from './message-content.ts';
import type { QueueName, SeenMessage } from './seen-message.ts';
import type { Behaviour, Policy } from './scenario.ts';

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
      readonly queue: QueueName;
      readonly messageId: string;
      readonly content: Content;
      /** Whom the message is about; undefined for junk. */
      readonly event: string | undefined;
      readonly actor: string;
      /** False where the queue took it for one that it had. */ readonly isNew: boolean;
    }
  | ({ readonly kind: 'received'; readonly actor: string | undefined } & Delivery)
  /** An invocation that answered: whether a message of its batch was left in the queue. */
  | { readonly kind: 'answered'; readonly actor: string; readonly isKept: boolean }
  | { readonly kind: 'hidden'; readonly actor: string; readonly queue: QueueName; readonly seconds: number }
  | { readonly kind: 'purged'; readonly queue: QueueName; readonly messages: readonly SeenMessage[] }
  /** A move task began, with what it is to move. */
  | {
      readonly kind: 'moved';
      readonly destination: 'source' | QueueName;
      /** It moved some of them at once, the others later or not at all. */
      readonly isInParts: boolean;
      readonly letters: readonly SeenMessage[];
    }
  /** Came into the dead-letter queue; was taken out of it, whoever did that. */
  | { readonly kind: 'dead-lettered'; readonly messageId: string; readonly content: Content }
  | { readonly kind: 'left-dead'; readonly messageId: string; readonly content: Content }
  /** Items that nobody can read were laid under a name, or taken away again. */
  | { readonly kind: 'damaged'; readonly what: string; readonly pk: string; readonly sk: string }
  | { readonly kind: 'mended'; readonly pk: string; readonly sk: string }
  | { readonly kind: 'attempt-started'; readonly run: Run }
  | {
      readonly kind: 'attempt-ended';
      readonly run: Run;
      readonly how: Ending;
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
  /** Undefined: the source was taken out of the configuration. */
  | { readonly kind: 'policy'; readonly source: string; readonly policy: Policy | undefined }
  | { readonly kind: 'expired'; readonly event: string }
  | {
      readonly kind: 'began';
      readonly actor: string;
      readonly skewMs: number;
      readonly policies: Readonly<Record<string, Policy>>;
    }
  | { readonly kind: 'died'; readonly actor: string }
  /** A process was frozen: what it does after that it decided before. */
  | { readonly kind: 'paused'; readonly actor: string; readonly until: number }
  /** The answer to a call is lost, or the call arrives late: who made it does not know that it was done. */
  | { readonly kind: 'unheard'; readonly actor: string }
  | { readonly kind: 'healed' }
  /** From then on nobody reaches the ledger, or the queue. Told before anything else, since it is planned. */
  | { readonly kind: 'outage'; readonly what: 'ledger' | 'queue'; readonly until: number }
  /** The ledger took no entry of it, since its state may not follow the one before. */
  | { readonly kind: 'refused'; readonly actor: string; readonly why: string }
  /** A run of the sweeper that went through. */
  | { readonly kind: 'swept'; readonly startedAt: number; readonly actor: string }
  /** A run that failed, by something of this name in the first place. */
  | { readonly kind: 'sweep-failed'; readonly actor: string; readonly by: string }
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
  readonly queue: 'lanes' | 'feeder';
  readonly messageId: string;
  readonly receiveCount: number;
  readonly content: Content;
  readonly event: string | undefined;
}

/** `waits`: it threw WaitFor. */
export type Ending = 'returned' | 'threw' | 'waits';

/** One run of a handler. */
export interface Run {
  readonly event: string;
  readonly actor: string;
  readonly attempt: number;
  readonly idempotencyKey: string;
  /** True time at which its invocation ends, whatever happens. */
  readonly deadline: number;
  /** What its handler does. */
  readonly wants: Behaviour;
}

export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

export class History {
  readonly facts: Fact[] = [];
  readonly #ofKind = new Map<string, Fact[]>();

  add(fact: Fact): void {
    this.facts.push(fact);
    const others = this.#ofKind.get(fact.kind);
    if (others) others.push(fact);
    else this.#ofKind.set(fact.kind, [fact]);
  }

  of<K extends Fact['kind']>(kind: K): readonly FactOf<K>[] {
    return (this.#ofKind.get(kind) ?? []) as FactOf<K>[];
  }
}
