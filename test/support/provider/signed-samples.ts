import { catalog } from '../../../functions/providers/catalog.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { now } from './clock.ts';
import { testSamples } from './test-samples.ts';

export const signedSample = (sample: Sample, at = now) =>
  signLike(sample, unsignedRequest(sample, at), { now: at });

export const secretsOf = ({ key, source }: Sample) => (source.verify.needsSecret ? [key.secret] : []);

/** A provider's sample; where only the provider can sign, one with keys of the test's own. */
export function sampleOf(name: string): Sample {
  const sample = catalog.find(({ facts }) => facts.name === name)?.sample ?? testSamples[name];
  if (sample === undefined) throw new Error(`${name} has no sample`);
  return sample;
}

const signed = catalog.map(({ facts: { name } }) => ({ name, request: signedSample(sampleOf(name)) }));

/** What every other provider would send. */
export const sentByOthersThan = (name: string): readonly VerifiableRequest[] =>
  signed.filter((other) => other.name !== name).map(({ request }) => request);
