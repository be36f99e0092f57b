/** What is in a source's secret list besides what it signs with. */
export interface SecretsByPurpose {
  /** What the sender signs with, newest first. */
  readonly signing: readonly string[];
  /** What a person typed at the sender; without the word before it. */
  readonly handshake: readonly string[];
}

const handshakePrefix = 'handshake:';

/** Says until when a secret that the sender hands over may be kept: `pairing:2026-11-24T10:30:00Z`. */
export const pairingPrefix = 'pairing:';

/** Whether an entry of the list is a secret to sign with. The others are chosen by persons: a guessed one must not be able to sign. */
export const isForSigning = (entry: string): boolean =>
  !entry.startsWith(handshakePrefix) && !entry.startsWith(pairingPrefix);

export const byPurpose = (list: readonly string[]): SecretsByPurpose => ({
  signing: list.filter(isForSigning),
  handshake: list
    .filter((entry) => entry.startsWith(handshakePrefix))
    .map((entry) => entry.slice(handshakePrefix.length)),
});
