import { source } from '../sources/define-source.ts';
import { bodyHash } from '../sources/event-keys.ts';
import type { Field, Provider, Source, SourceOptions } from '../sources/source.ts';

/** What a reader can check against the provider's page, and what documentation is made from. */
export interface PresetFacts<Body = unknown> {
  readonly name: string;
  readonly title: string;
  /** The provider's own page about its signature. */
  readonly page: string;
  /** Tested against the provider's own library, against a vector that it publishes; read in its documentation or official code; or second-hand. */
  readonly confidence: 'library' | 'vector' | 'documentation' | 'second-hand';
  /** What to put into the secret list, as the provider calls it. */
  readonly secret: string;
  readonly acknowledgeWithinSeconds?: number;
  /** What the signature does not cover although it is used: whoever has one captured request could change it. */
  readonly unsigned?: string;
  /** A field that can order the events of a lane: `order: { version: stripe.facts.version }`. Not used unless you say so. */
  readonly version?: Field<Body>;
}

/** Makes a source with a provider's defaults; every one of them can be overridden. */
export interface Preset<Body> {
  <Own = Body>(overrides?: Partial<SourceOptions<Own>>): Source<NoInfer<Own>>;
  readonly facts: PresetFacts<Body>;
}

/**
 * For an event in which a provider leaves out what it documents: refusing it would have it sent again until the webhook is switched off. An hour is longer
 * than most series of quick retries, and the same bytes seldom mean something new within it.
 */
const idOtherwise = bodyHash({ within: 3600 });

export function preset<Body>(facts: PresetFacts<Body>, defaults: SourceOptions<Body>): Preset<Body> {
  const provider = providerOf(facts);
  return Object.assign(
    <Own = Body>(overrides: Partial<SourceOptions<Own>> = {}): Source<NoInfer<Own>> => {
      const options: SourceOptions = { idOtherwise, ...defaults, ...overrides };
      return { ...source(options), provider };
    },
    { facts },
  );
}

const providerOf = ({ name, title, page, secret }: PresetFacts<never>): Provider => ({
  name,
  title,
  page,
  secret,
});

/** As a preset, for a provider that needs to be told something more than a secret. */
export interface PresetWith<Settings, Body> {
  <Own = Body>(settings: Settings, overrides?: Partial<SourceOptions<Own>>): Source<NoInfer<Own>>;
  readonly facts: PresetFacts<Body>;
}

export function presetWith<Settings, Body>(
  facts: PresetFacts<Body>,
  defaults: (settings: Settings) => SourceOptions<Body>,
): PresetWith<Settings, Body> {
  const provider = providerOf(facts);
  return Object.assign(
    <Own = Body>(settings: Settings, overrides: Partial<SourceOptions<Own>> = {}): Source<NoInfer<Own>> => {
      const options: SourceOptions = { idOtherwise, ...defaults(settings), ...overrides };
      return { ...source(options), provider };
    },
    { facts },
  );
}
