import type { Handshake } from '../handshake.ts';

/** By this a sender looks whether the address exists. It carries no secret, and the answer says nothing. */
export function probe(method: 'GET' | 'HEAD'): Handshake {
  return {
    name: 'probe',
    method,
    isSigned: false,
    respond: () => ({ kind: 'answer', answer: { status: 200 } }),
  };
}
