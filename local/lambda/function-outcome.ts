/**
 * How an invocation ended. `refused`: it was never started, because the cloud is stopping. `type` is Lambda's name of the error: the
 * function's own, or `Sandbox.Timedout`, `Runtime.ExitError`.
 */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly type: string; readonly message: string }
  | { readonly kind: 'refused' };

export const failed = (type: string, message: string): Extract<Outcome, { kind: 'failed' }> => ({
  kind: 'failed',
  type,
  message,
});
