/** How a command ended, for scripts. Nothing else is returned. */
export const exitCodes = {
  /** Done; what was asked for holds. */
  done: 0,
  /** It could not be done, or what was checked does not hold. */
  failed: 1,
  /** The command line itself is wrong: nothing was asked for. */
  usage: 2,
  /** No such event, source, lane or job. */
  unknown: 3,
  /** The state does not allow it. */
  refused: 4,
  /** No credentials, expired ones, or no permission. */
  denied: 5,
  /** The API, or what stands behind it, does not answer. */
  away: 6,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
