import type { WebhookEvent } from '../api/handler.ts';

/** What an event may lack, or have in a form that can't be used, and be accepted all the same. */
export type Lack = 'type' | 'lane' | 'version';

/** An event as it came in, with what the source's order rules need of it. */
export interface IncomingEvent extends WebhookEvent {
  /** What it lacks although its source says where it stands: it has the source's name for a type, a lane of its own, no version. */
  readonly lacks?: Lack[];
  /** The ARN of whoever signed the request for IAM. */
  readonly sender?: string;
  readonly order?: {
    readonly sequence?: number;
    /** Normalised: compare with `compareVersions`. */
    readonly version?: string;
  };
}
