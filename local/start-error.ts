/** A reason not to start that the person at the terminal can do something about: printed as it is, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `EADDRINUSE`, `ENOENT` and the like, or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
