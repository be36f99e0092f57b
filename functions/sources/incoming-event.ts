import type { WebhookEvent } from '../handler-api/handler.ts';

/** An event as it came in, with what the source's order rules need of it. */
export interface IncomingEvent extends WebhookEvent {
  readonly order?: {
    readonly sequence?: number;
    /** Normalised: compare with `compareVersions`. */
    readonly version?: string;
  };
}
