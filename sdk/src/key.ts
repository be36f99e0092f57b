/** Longest key in UTF-8 bytes: what fits the index of every store. */
export const maxKeyBytes = 1024;

export type KeyProblem = 'key-missing' | 'key-invalid';

// A control character in a key is a mistake or an attack on whoever prints it.

const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;

/** What is wrong with a key, if anything. */
export function keyProblem(key: unknown): KeyProblem | undefined {
  if (key === undefined || key === null) return 'key-missing';
  const isUsable =
    typeof key === 'string' &&
    key.trim() !== '' &&
    !controlCharacter.test(key) &&
    key.isWellFormed() &&
    Buffer.byteLength(key) <= maxKeyBytes;
  return isUsable ? undefined : 'key-invalid';
}
