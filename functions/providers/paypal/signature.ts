import { verify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { decodeStrictly } from '../../signatures/encoding.ts';
import { fetchTextIfThere, type Fetch } from '../../signatures/fetch-text.ts';
import { fetchedKeys, type FetchedKey } from '../../signatures/fetched-keys.ts';
import { viewOf } from '../../signatures/request-view.ts';
import type { Verifier } from '../../signatures/verifier.ts';
import { refused } from '../../signatures/verdict.ts';

/**
 * PayPal: RSA over the transmission, the webhook's id and a checksum of the body, the key in a certificate whose address the request gives.
 * Data cannot say this: the address must be PayPal's own, and the webhook one of yours, since everybody can have PayPal sign messages to a
 * webhook of theirs. A checksum is no hash: who has one captured request can make another body with the same one.
 */
export function paypalSignature(webhookIds: readonly string[], fetch: Fetch = globalThis.fetch): Verifier {
  const certificates = fetchedKeys(async (url) => {
    const pem = await fetchTextIfThere(url, fetch);
    const found = pem === undefined ? undefined : certificateOf(pem);
    return found === undefined ? {} : { [url]: found };
  });
  return {
    name: 'paypal',
    needsSecret: false,
    problems: webhookIds.some((id) => id !== '') ? [] : ['needs the id of at least one webhook'],
    async verify(request, _, now) {
      const view = viewOf(request);
      const [id, time, written, url] = [
        view.header('paypal-transmission-id'),
        view.header('paypal-transmission-time'),
        view.header('paypal-transmission-sig'),
        view.header('paypal-cert-url'),
      ];
      if (!id || !time || !written || !url) return refused('missing-signature');
      if (view.header('paypal-auth-algo') !== 'SHA256withRSA') return refused('malformed-signature');
      const presented = decodeStrictly(written, 'base64');
      if (presented === undefined) return refused('malformed-signature');
      if (!isPaypals(url)) return refused('wrong-signature');
      const key = await certificates.find(url, [], now);
      if (key === undefined) return refused('wrong-signature');

      const checksum = String(crc32(request.body));
      const isRight = webhookIds
        .filter((webhookId) => webhookId !== '')
        .some((webhookId) => {
          const signed = Buffer.from(`${id}|${time}|${webhookId}|${checksum}`);
          return verify('sha256', signed, key, presented);
        });
      return isRight ? { verified: true } : refused('wrong-signature');
    },
  };
}

/** https at PayPal itself, in the folder of its certificates. */
function isPaypals(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return (
    url?.protocol === 'https:' &&
    /^([a-z0-9-]+\.)+paypal\.com$/.test(url.host) &&
    url.username === '' &&
    url.password === '' &&
    /^\/v1\/notifications\/certs\/[\w-]+$/.test(url.pathname)
  );
}

/** Undefined: it is no certificate of PayPal's. Its issuers are not looked at: it came over TLS from PayPal's own host. */
function certificateOf(pem: string): FetchedKey | undefined {
  const { subject, publicKey, validToDate } = new X509Certificate(pem);
  const isOurs = subject.split('\n').some((line) => /^CN=([\w-]+\.)*paypal\.com$/i.test(line));
  return isOurs && publicKey.asymmetricKeyType === 'rsa'
    ? { key: publicKey, expiresAt: validToDate }
    : undefined;
}
