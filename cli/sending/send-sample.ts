import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signLike, unsignedRequest } from '../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import type { CatalogEntry } from '../../functions/providers/catalog-entry.ts';
import { catalog } from '../../functions/providers/catalog.ts';
import { isForSigning } from '../../functions/secrets/secret-purpose.ts';
import type { SendSample } from '../../local/console/try-source.ts';
import { CommandError, wrongUsage } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { localEndpoints } from '../operations/local-cloud.ts';
import { withField } from './with-field.ts';

export interface SendDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
}

/** Posts one signed request and returns what was answered, as text; throws it as a `CommandError` where that is no 2xx. */
export async function sendSample(preset: string, options: SampleOptions, deps: SendDeps): Promise<string> {
  const { target, status, body } = await postSample(preset, options, deps);
  const answered = `POST ${target}\n${status} ${body}`;
  if (status < 200 || status > 299) throw new CommandError(answered);
  return `${answered}\n`;
}

/** `hooklane send`, for the console of the local cloud. */
export const trySample =
  (deps: SendDeps): SendSample =>
  async (preset, to) => {
    try {
      const { status, body } = await postSample(preset, { ...to, header: [], data: '' }, deps);
      return { kind: 'answered', status, body };
    } catch (error) {
      if (error instanceof CommandError) return { kind: 'not-sent', why: error.message };
      throw error;
    }
  };

interface Answered {
  readonly target: string;
  readonly status: number;
  readonly body: string;
}

/** Posts one signed request. Throws a `CommandError` for what cannot be sent. */
async function postSample(preset: string, options: SampleOptions, deps: SendDeps): Promise<Answered> {
  if (options.url !== undefined && !URL.canParse(options.url))
    throw wrongUsage(`"${options.url}" is no address.`);
  const entry = catalog.find(({ facts }) => facts.name === preset);
  if (entry === undefined) throw wrongUsage(`There is no preset "${preset}"; "hooklane presets" lists them.`);
  const { sample } = entry;
  if (sample === undefined) {
    throw wrongUsage(`Only ${entry.facts.title} itself can sign its webhooks: there is no sample.`);
  }
  const sourceName = options.source ?? preset;
  const url = options.url ?? `${localCloud(options.data)}/webhooks/${sourceName}`;
  const secret = options.secret ?? localSecret(options.data, sourceName, options.url !== undefined);
  const unsigned = { ...unsignedRequest(sample, deps.now()), ...targetOf(url) };
  const request = { ...applied(unsigned, entry, options, deps.now()), publicUrl: url };
  const signed = signLike(sample, request, { now: deps.now() }, { ...sample.key, secret });

  const target = signed.rawQuery === '' ? url : `${url.split('?')[0] ?? url}?${signed.rawQuery}`;
  const response = await post(target, signed, deps);
  return { target, status: response.status, body: await response.text() };
}

export interface SampleOptions {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly file?: string | undefined;
  readonly header: readonly string[];
  readonly source?: string | undefined;
  readonly url?: string | undefined;
  readonly secret?: string | undefined;
  readonly data: string;
}

function targetOf(url: string): Pick<VerifiableRequest, 'path' | 'rawQuery'> {
  const { pathname, search } = new URL(url);
  return { path: pathname, rawQuery: search.slice(1) };
}

/** The request with the body, id, type and headers that were asked for. */
function applied(
  request: VerifiableRequest,
  { facts, source }: CatalogEntry,
  options: SampleOptions,
  now: Date,
): VerifiableRequest {
  const own = options.file === undefined ? request : { ...request, body: readFile(options.file) };
  const typed =
    options.type === undefined
      ? own
      : (withField(own, source.type, options.type) ??
        complain(`A sample of ${facts.title} has its type in more than one place: use --file and --header.`));
  const fresh = options.id ?? (options.file === undefined ? `sample-${now.getTime()}` : undefined);
  const identified = fresh === undefined ? typed : withField(typed, source.id, fresh);
  if (identified === undefined && options.id !== undefined) {
    complain(`A sample of ${facts.title} derives its id from several fields: use --file.`);
  }
  const headers = Object.fromEntries(options.header.map(readHeader));
  const result = identified ?? typed;
  return { ...result, headers: { ...result.headers, ...headers } };
}

function readHeader(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw wrongUsage(`--header wants 'NAME: VALUE', not '${text}'.`);
  return [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
}

function complain(message: string): never {
  throw wrongUsage(message);
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw wrongUsage(`${file} cannot be read.`);
  }
}

function localCloud(data: string): string {
  const url = localEndpoints(data)?.url;
  if (url !== undefined) return url;
  throw wrongUsage(`No local cloud is running in ${data}: start it with "npm start", or give --url.`);
}

function localSecret(data: string, source: string, isElsewhere: boolean): string {
  const secrets = isElsewhere ? {} : (readJson(join(data, 'secrets.json')) as Record<string, unknown>);
  const own = Array.isArray(secrets[source]) ? (secrets[source] as unknown[]) : [];
  const newest = own.find((one) => typeof one === 'string' && isForSigning(one));
  if (typeof newest === 'string') return newest;
  throw wrongUsage(
    isElsewhere
      ? 'Give --secret: what the receiver expects the webhook to be signed with.'
      : `${data} holds no secret of a source "${source}": name one of your configuration with --source, or give --secret.`,
  );
}

function readJson(file: string): object {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

async function post(url: string, { headers, body }: VerifiableRequest, deps: SendDeps): Promise<Response> {
  try {
    return await deps.fetch(url, { method: 'POST', headers, body: new Uint8Array(body), redirect: 'manual' });
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CommandError(`${url} cannot be reached: ${cause}`, exitCodes.away);
  }
}
