import * as fc from 'fast-check';
import { parseBody } from '../../functions/body/parse-body.ts';
import { catalog } from '../../functions/providers/catalog.ts';
import type { Sample } from '../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { findHandshake } from '../../functions/handshakes/handshake.ts';
import { KeysUnreachable } from '../../functions/signatures/verdict.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { testSamples } from '../support/provider/test-samples.ts';

/**
 * `npm run fuzz -- [seconds] [seed]`: what strangers can write into a request, for every preset in turn; a minute unless told otherwise. Nothing may be
 * thrown, nothing may be accepted, and nothing may take long. Prints how many requests were tried.
 */
const seconds = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const slowMs = 1000;

const now = new Date();

/** What real requests are made of, so that random ones get past the first look. */
const pieces = fc.constantFrom(
  ...[
    't=',
    'v1=',
    'v1,',
    'v1a,',
    'sha256=',
    'sha1=',
    'v0=',
    'h1=',
    'ts=',
    'Bearer ',
    'Basic ',
    'hmac-sha256=',
  ],
  ...[
    'Infinity',
    '1e9',
    '-1',
    ' 12',
    'NaN',
    '0x10',
    '__proto__',
    'constructor',
    '{}',
    '[]',
    '""',
    'null',
    '%ff',
    '%00',
  ],
  ...[',', ';', '=', '|', '&', '.', ' ', ':', '\t', '"', '\\', '\u0000', '\r\n', 'é', '\ud800', '🪝', '==='],
  ...[
    'eyJhbGciOiJub25lIn0.e30.',
    'eyJhbGciOiJIUzI1NiJ9.e30.AAAA',
    'https://evil.example/',
    'aws',
    '-----BEGIN',
  ],
);
const times = fc.constantFrom(
  String(Math.floor(now.getTime() / 1000)),
  String(now.getTime()),
  now.toISOString(),
);
const junk = fc.oneof(
  fc
    .array(fc.oneof(pieces, times, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 })
    .map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.base64String({ maxLength: 200 }),
  fc.stringMatching(/^[0-9a-fA-F]{0,130}$/),
  fc.integer({ min: 1, max: 100_000 }).map((length) => 'a'.repeat(length)),
);

/** One header, query or body of a request that the preset would accept, replaced, cut, or mixed with something else. */
const spoiling = fc.record({
  what: fc.constantFrom('header', 'every header', 'query', 'body', 'path', 'method'),
  which: fc.nat(),
  text: junk,
  how: fc.constantFrom('replace', 'append', 'prepend', 'insert', 'repeat'),
  at: fc.nat(),
});
type Spoiling = typeof spoiling extends fc.Arbitrary<infer T> ? T : never;

function mixed(value: string, { text, how, at }: Spoiling): string {
  switch (how) {
    case 'append':
      return value + text;
    case 'prepend':
      return text + value;
    case 'insert': {
      const cut = at % (value.length + 1);
      return value.slice(0, cut) + text + value.slice(cut);
    }
    case 'repeat':
      return `${value}${text}${value}`;
    case 'replace':
      return text;
  }
}

function spoil(request: VerifiableRequest, spoiling: Spoiling): VerifiableRequest {
  const names = Object.keys(request.headers);
  switch (spoiling.what) {
    case 'header': {
      const name = names[spoiling.which % names.length] ?? 'x';
      return {
        ...request,
        headers: { ...request.headers, [name]: mixed(request.headers[name] ?? '', spoiling) },
      };
    }
    case 'every header':
      return { ...request, headers: Object.fromEntries(names.map((name) => [name, spoiling.text])) };
    case 'query':
      return { ...request, rawQuery: mixed(request.rawQuery, spoiling) };
    case 'path':
      return { ...request, path: mixed(request.path, spoiling) };
    case 'method':
      return { ...request, method: spoiling.text };
    case 'body':
      return {
        ...request,
        body: Buffer.from(mixed(Buffer.from(request.body).toString('latin1'), spoiling), 'latin1'),
      };
  }
}

const presets = catalog.flatMap(({ facts, sample = testSamples[facts.name] }) =>
  sample === undefined
    ? []
    : [{ name: facts.name, sample, signed: signLike(sample, unsignedRequest(sample, now), { now }) }],
);

/** Everything of a preset that reads what a stranger wrote. The secret is another one: nothing can be right. */
async function readAll({ source, key }: Sample, request: VerifiableRequest): Promise<void> {
  const begin = performance.now();
  const secrets = source.verify.needsSecret ? [`${key.secret.slice(0, -2)}AA`] : [];
  const context = { secrets, handshakeSecrets: ['typed'], now };
  for (const isSigned of [false, true]) findHandshake(source.handshakes ?? [], request, isSigned, context);
  parseBody(request.body, request.headers['content-type'], source.bodyFormats);
  try {
    const { verified } = await source.verify.verify(request, secrets, now);
    const isShared = source.verify.needsSecret && key.privateKey === undefined;
    if (verified && isShared) throw new Error('was accepted under another secret');
  } catch (error) {
    // A name of a key that was made up is asked for: an answer that ingest has a place for.
    if (!(error instanceof KeysUnreachable)) throw error;
  }
  const took = performance.now() - begin;
  if (took > slowMs) throw new Error(`took ${took.toFixed(0)} ms`);
}

let runs = 0;
const until = performance.now() + seconds * 1000;
const runsInARow = 200;
for (let round = 0; performance.now() < until; round++) {
  for (const { name, sample, signed } of presets) {
    if (performance.now() >= until) break;
    const spoilings = fc.array(spoiling, { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(spoilings, async (all) => {
      runs++;
      await readAll(sample, all.reduce(spoil, signed));
    });
    const details = await fc.check(property, { numRuns: runsInARow, seed: seed + round });
    if (details.failed) {
      console.error(
        `${name}, seed ${seed + round}:\n${fc.defaultReportMessage(details) ?? ''}`,
        details.errorInstance,
      );
      process.exit(1);
    }
  }
}
console.log(
  `${runs} requests to ${presets.length} presets in ${seconds} s, seed ${seed}: nothing was thrown, accepted, or slow`,
);
