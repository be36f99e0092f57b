/** Something the caller of a command can mend; its message is all that is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
