/** The public interface: what `hooklane.config.ts` and handlers import from 'hooklane'. Nothing else of the tree is public. */
export { defineConfig } from './config/define-config.ts';
export { defineHandlers, type Handlers } from './config/define-handlers.ts';
export { source } from './sources/define-source.ts';
export { bodyHash, joined, joinedWith, type BodyHashOptions } from './sources/event-keys.ts';
export { ConfigError, type Mistake } from './api/config-error.ts';
export type {
  Config,
  ConfigInput,
  FunctionOptions,
  ProcessorOptions,
  RoutePattern,
  TableOptions,
} from './config/config.ts';
export type {
  Field,
  Method,
  OrderRules,
  Retry,
  Source,
  SourceOptions,
  Split,
  SubscriberOptions,
} from './sources/source.ts';
export type { BodyFormat } from './body/parse-body.ts';
export type { Answer, EventOutcome, RequestOutcome } from './api/answer.ts';

export * from './providers/index.ts';
export type { Preset, PresetFacts, PresetWith } from './providers/preset.ts';

export { all, any } from './signatures/combine.ts';
export { apiKey } from './signatures/api-key.ts';
export { awsIam } from './signatures/aws-iam.ts';
export { basic } from './signatures/basic.ts';
export { bearer } from './signatures/bearer.ts';
export { hmac, type HmacOptions } from './signatures/hmac.ts';
export { ipRanges } from './signatures/ip-ranges.ts';
export { jwks } from './signatures/json-web-key.ts';
export { jwt, type JwtSpec } from './signatures/jwt.ts';
export { none } from './signatures/none.ts';
export { signature } from './signatures/signature.ts';
export type { SignatureSpec } from './signatures/signature-spec.ts';
export type { Verifier } from './signatures/verifier.ts';
export type { SignatureCause, Verdict } from './signatures/verdict.ts';
export type { VerifiableRequest } from './signatures/verifiable-request.ts';

export { publish, PublishError, type Published, type PublishOptions } from './api/publish.ts';
export { forward, type ForwardOptions } from './api/forward.ts';
export type { Reshaped } from './api/reshape.ts';
export { PermanentError, RetryAfter, WaitFor } from './api/errors.ts';
export type { Handler, HandlerContext, Log, Result, TransactItem, WebhookEvent } from './api/handler.ts';
