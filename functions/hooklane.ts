/** The public interface: what `hooklane.config.ts` and handlers import from 'hooklane'. Nothing else of the tree is public. */
export { defineConfig, type ConfigInput } from './sources/define-config.ts';
export { source } from './sources/define-source.ts';
export { ConfigError, type Mistake } from './sources/config-error.ts';
export type { Config, ProcessorOptions } from './sources/config.ts';
export type {
  Answer,
  BodyFormat,
  EventOutcome,
  Field,
  OrderRules,
  RequestOutcome,
  Retry,
  Source,
  SourceOptions,
  Split,
} from './sources/source.ts';

export { github, type GithubEvent } from './sources/presets/github.ts';
export { standardWebhooks, type StandardWebhook } from './sources/presets/standard-webhooks.ts';
export { stripe, type StripeEvent } from './sources/presets/stripe.ts';

export { bearer } from './sources/verify/bearer.ts';
export { hmac, type HmacOptions } from './sources/verify/hmac.ts';
export { none } from './sources/verify/none.ts';
export type { SignatureCause, VerifiableRequest, Verdict, Verifier } from './sources/verify/verifier.ts';

export { forward, type ForwardOptions } from './handler-api/forward.ts';
export { PermanentError, RetryAfter } from './handler-api/errors.ts';
export type {
  Handler,
  HandlerContext,
  Log,
  Result,
  TransactItem,
  WebhookEvent,
} from './handler-api/handler.ts';
