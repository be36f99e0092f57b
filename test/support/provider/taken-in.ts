import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Answer } from '../../../functions/api/answer.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import { textsAt } from '../../../functions/signatures/place.ts';
import { viewOf } from '../../../functions/signatures/request-view.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { throughIngest } from '../through-ingest.ts';
import { secretsOf, sentByOthersThan, signedSample } from './signed-samples.ts';
import { now as before } from './clock.ts';
import { tamperWith, type Tampered } from './tampering.ts';

/** The battery has asked for as many keys as may be asked for in a minute. */
const now = new Date(before.getTime() + 120_000);

const take = async (name: string, sample: Sample, { request, secrets = secretsOf(sample) }: Tampered) => {
  const { publicUrl = sample.source.publicUrl } = request;
  const source = { ...sample.source, ...(publicUrl === undefined ? {} : { publicUrl }) };
  return await throughIngest({ name, source, secrets, request, now });
};

/** What would have made the request right, and the secret itself. */
function mustNotBeKept(sample: Sample, request: VerifiableRequest): readonly string[] {
  const unsigned = { ...unsignedRequest(sample, now), body: request.body };
  const signed = trySigning(sample, unsigned);
  const added = Object.entries(signed.headers).filter(
    ([header, value]) => unsigned.headers[header] !== value,
  );
  const proofs = (sample.proof ?? []).flatMap((place) => textsAt(place, viewOf(signed)));
  // A time proves nothing; nor does the plain digest of a body, which is kept.
  const digest = createHash('sha256').update(request.body).digest('hex');
  const texts = [...added.flatMap(([, value]) => value.split(/[,;&|=\s]/)), ...proofs];
  return [
    ...(sample.key.secret === '' ? [] : [sample.key.secret]),
    ...texts.filter((text) => text.length >= 16 && text !== digest && !/^\d{4}-\d\d-\d\dT/.test(text)),
  ];
}

function trySigning(sample: Sample, unsigned: VerifiableRequest): VerifiableRequest {
  try {
    return signLike(sample, unsigned, { now });
  } catch {
    return unsigned;
  }
}

async function judge(
  name: string,
  sample: Sample,
  tampered: Tampered,
  expected: (answer: Answer) => boolean,
): Promise<readonly string[]> {
  const { what, request } = tampered;
  const { answer, items, sent, lines } = await take(name, sample, tampered);
  const kept = JSON.stringify([items, answer, lines]);
  return [
    ...(expected(answer) ? [] : [`${answer.status} ${JSON.stringify(answer.body)}`]),
    ...(items.length === 1 ? [] : [`${items.length} items`]),
    ...(sent.length === 0 ? [] : ['a message in the queue']),
    ...mustNotBeKept(sample, request)
      .filter((text) => kept.includes(text))
      .map((text) => `kept: ${text}`),
  ].map((wrong) => `${what}: ${wrong}`);
}

/** The same through ingest as a whole. */
export function takenIn(name: string, sample: Sample): void {
  it('G7: takes what its provider signs, and keeps no secret with it', async () => {
    const tampered = { what: 'the sample', request: signedSample(sample, now) };

    const { answer, items, sent } = await take(name, sample, tampered);

    expect(answer.status).toBeLessThan(300);
    expect(sent).toHaveLength(sample.events.length);
    if (sample.source.verify.needsSecret && (sample.proof ?? []).length === 0) {
      expect(JSON.stringify(items)).not.toContain(sample.key.secret);
    }
  });

  it('G7: refuses every spoilt request with 401 and exactly one audit item, in which no secret and no right signature stands', async () => {
    const wrong: string[] = [];

    for (const tampered of tamperWith(sample, now, sentByOthersThan(name))) {
      wrong.push(...(await judge(name, sample, tampered, ({ status }) => status === 401)));
    }

    expect(wrong.slice(0, 20)).toEqual([]);
  });

  const { bodyFormats, verify } = sample.source;
  if (sample.covers === 'body' && sample.sign === undefined && bodyFormats[0] === 'json') {
    it.each([
      ['cut short', Buffer.from('{"id":')],
      ['two byte order marks before it', Buffer.from('\uFEFF\uFEFF{}')],
      ['invalid UTF-8', Buffer.of(0x7b, 0xff, 0x7d)],
      ['nested too deeply', Buffer.from('['.repeat(5000))],
      ['empty', Buffer.alloc(0)],
    ])(
      'G7: refuses a body that is %s with 400 and one audit item, however well it is signed',
      async (what, body) => {
        const unsigned = { ...unsignedRequest(sample, now), body };
        const request = signLike(sample, unsigned, { now });
        // Some schemes have nothing to sign in an empty body.
        const isSigned = (await verify.verify(request, secretsOf(sample), now)).verified;

        const wrong = await judge(
          name,
          sample,
          { what, request },
          ({ status }) => status === (isSigned ? 400 : 401),
        );

        expect(wrong).toEqual([]);
      },
    );
  }
}
