import type { Config } from '../../functions/config/config.ts';
import { isForSigning } from '../../functions/secrets/secret-purpose.ts';
import { failure, type GatewayResponse } from '../gateway/gateway-response.ts';
import { acceptedSample, authorization } from '../sample-request.ts';
import type { Secrets } from '../secrets/secrets-file.ts';
import type { ConsolePages } from './console-pages.ts';
import { pageHeaders } from './page-headers.ts';

export type Tried =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'not-sent'; readonly why: string };

/** Posts a preset's sample, signed as its provider does. The local cloud knows no provider, so whoever starts it brings this. */
export type SendSample = (
  preset: string,
  to: { readonly source: string; readonly url: string; readonly secret: string },
) => Promise<Tried>;

export interface TriedCloud {
  readonly url: string;
  readonly config: Config;
  readonly secrets: Secrets;
}

const prefix = '/console/try/';

/** `POST /console/try/{source}`: the source is sent an event as its sender would send it; the answer is what the gateway answered. */
export function trials(cloud: () => TriedCloud, sendSample: SendSample | undefined): ConsolePages {
  return {
    has: (method, path) => method === 'POST' && path.startsWith(prefix),
    async answer(path) {
      const name = path.slice(prefix.length);
      const { config } = cloud();
      if (!Object.hasOwn(config.sources, name)) return failure(404, 'Not Found');
      const tried = await trySource(name, cloud(), sendSample);
      return tried.kind === 'answered'
        ? json(200, { status: tried.status, body: tried.body })
        : json(422, { title: 'Nothing was sent', detail: tried.why, cause: 'no-sample' });
    },
  };
}

async function trySource(
  name: string,
  { url: gateway, config, secrets }: TriedCloud,
  sendSample: SendSample | undefined,
): Promise<Tried> {
  const source = config.sources[name];
  if (source === undefined) return { kind: 'not-sent', why: 'There is no such source.' };
  const url = `${gateway}/${source.verify.isIamSigned === true ? 'events' : 'webhooks'}/${name}`;
  const secret = secrets[source.secrets ?? name]?.find(isForSigning);
  if (source.provider !== undefined && sendSample !== undefined && secret !== undefined)
    return await sendSample(source.provider.name, { source: name, url, secret });
  const credential = authorization(source, secret);
  const sample = await acceptedSample(name, source);
  if (credential === undefined || sample === undefined) {
    const why =
      credential === undefined
        ? 'Only its sender knows how to sign for it.'
        : 'No sample has the fields that this source reads its id and its lane from.';
    return { kind: 'not-sent', why: `${why} Have its sender send one.` };
  }
  const headers = { 'content-type': 'application/json', ...credential };
  const response = await fetch(url, { method: 'POST', headers, body: sample.body });
  return { kind: 'answered', status: response.status, body: await response.text() };
}

const json = (status: number, body: object): GatewayResponse => ({
  status,
  headers: { ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' },
  cookies: [],
  body: Buffer.from(JSON.stringify(body)),
});
