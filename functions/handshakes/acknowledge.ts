import type { Handshake } from './handshake.ts';

/** A request without a body by which a sender looks whether there is anybody at the address. */
export function acknowledge(name: string, method: 'GET' | 'HEAD'): Handshake {
  return {
    name,
    method,
    isSigned: false,
    respond: () => ({ kind: 'answer', answer: { status: 200 } }),
  };
}
