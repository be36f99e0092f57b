import { signature } from '../../signatures/signature.ts';

/** ed25519 over time and body; the key is the application's. */
export function discordSignature(toleranceSeconds: number) {
  return signature({
    name: 'discord',
    algorithm: 'ed25519',
    key: { format: 'raw-hex' },
    from: 'header:x-signature-ed25519',
    encoding: 'hex',
    signed: '{timestamp}{body}',
    timestamp: { from: 'header:x-signature-timestamp', unit: 's', toleranceSeconds, futureSeconds: 300 },
  });
}
