import { sign, type KeyObject } from 'node:crypto';

/** DER, as little of it as a certificate takes: Node reads certificates but makes none. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...contents: readonly Uint8Array[]) => der(0x30, ...contents);
const utcTime = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const sha256WithRsa = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const commonNameId = der(0x06, Buffer.from('550403', 'hex'));
const organizationId = der(0x06, Buffer.from('55040a', 'hex'));

/** A certificate in PEM for a key pair, signed with itself; of an organization where one is named. */
export function selfSignedCertificate(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  validUntil: Date,
  commonName = 'sns.example',
  organization?: string,
): string {
  const attribute = (id: Buffer, value: string) => der(0x31, sequence(id, der(0x0c, Buffer.from(value))));
  const name = sequence(
    ...(organization === undefined ? [] : [attribute(organizationId, organization)]),
    attribute(commonNameId, commonName),
  );
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    sha256WithRsa,
    name,
    sequence(utcTime(new Date('2020-01-01T00:00:00Z')), utcTime(validUntil)),
    name,
    keys.publicKey.export({ format: 'der', type: 'spki' }),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', toBeSigned, keys.privateKey));
  const base64 = sequence(toBeSigned, sha256WithRsa, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}
