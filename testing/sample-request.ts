import { catalog } from '../functions/providers/catalog.ts';
import type { Sample } from '../functions/providers/sample.ts';
import { unsignedRequest } from '../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../functions/signatures/verifiable-request.ts';

export interface SampleRequestOptions {
  /** In place of the sample's: a text, or what is sent as JSON. */
  readonly body?: unknown;
  /** Beside the sample's, or in their place; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Throws where there is no such preset, or none that anybody but the provider can sign. */
export function sampleOf(preset: string): Sample {
  const entry = catalog.find(({ facts }) => facts.name === preset);
  if (entry === undefined) throw new Error(`there is no preset "${preset}"`);
  if (entry.sample === undefined)
    throw new Error(`only ${entry.facts.title} itself can sign its webhooks: there is no sample`);
  return entry.sample;
}

/** The request of a preset's sample, not signed. */
export function sampleRequest(
  preset: string,
  { body, headers = {} }: SampleRequestOptions,
  now = new Date(),
): VerifiableRequest {
  const request = unsignedRequest(sampleOf(preset), now);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    ...request,
    headers: { ...request.headers, ...headers },
    ...(body === undefined ? {} : { body: Buffer.from(text) }),
  };
}
