import { createPrivateKey, createPublicKey } from 'node:crypto';

const pkcs8Header = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Everybody knows it: good for trying a source, for nothing else. */
const seed = Buffer.from('hooklane sample key, not a secret');

const privateKey = createPrivateKey({
  key: Buffer.concat([pkcs8Header, seed.subarray(0, 32)]),
  format: 'der',
  type: 'pkcs8',
});

const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);

/** What samples of senders with ed25519 signatures are signed with. */
export const sampleEd25519Keys = {
  privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  publicHex: raw.toString('hex'),
  publicBase64: raw.toString('base64'),
};
