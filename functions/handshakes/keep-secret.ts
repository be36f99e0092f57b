import type { Handshake } from './handshake.ts';
import { textsAt, type Place } from '../signatures/place.ts';

export interface KeepSecretSpec {
  readonly name: string;
  /** Where the secret stands that the sender will sign with. */
  readonly from: Place;
  /** The header of a signature: a request that has it is an event, and is not looked into. */
  readonly signature: string;
  /** The header in which the sender wants its secret back. */
  readonly sendBackAs?: string;
}

/** Longer than any secret seen. */
const longestSecret = 1024;

/** The sender hands over its secret in a request without a signature. It is kept only while an operator has opened pairing. */
export function keepSecret({ name, from, signature, sendBackAs }: KeepSecretSpec): Handshake {
  return {
    name,
    method: 'POST',
    isSigned: false,
    keepsSecret: true,
    respond(view) {
      const secret = view.header(signature) === undefined ? textsAt(from, view)[0] : undefined;
      if (secret === undefined) return undefined;
      if (secret.length > longestSecret) return { kind: 'refused' };
      const headers = sendBackAs === undefined ? {} : { headers: { [sendBackAs]: secret } };
      return { kind: 'keep-secret', secret, answer: { status: 200, ...headers } };
    },
  };
}
