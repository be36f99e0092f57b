import { expect, it } from 'vitest';
import { parseBody } from '../../../functions/body/parse-body.ts';
import type { CatalogEntry } from '../../../functions/providers/catalog-entry.ts';
import { readEvents } from '../../../functions/sources/read-events.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { secretsOf, sentByOthersThan, signedSample } from './signed-samples.ts';
import { now } from './clock.ts';
import { tamperWith } from './tampering.ts';

async function verify({ source }: Sample, request: VerifiableRequest, secrets: readonly string[]) {
  return await source.verify.verify(request, secrets, now);
}

/** The preset takes what its provider signs, and refuses it spoilt in every way. */
export function battery({ facts }: CatalogEntry, sample: Sample): void {
  const { name } = facts;
  const { source, events } = sample;

  it('names the page it is checked against, and the secret', () => {
    expect(facts.page).toMatch(/^https:\/\/\S+$/);
    expect(facts.secret).not.toBe('');
    expect(source.verify.problems ?? []).toEqual([]);
  });

  it('accepts what its provider signs, beside other secrets, and reads its events', async () => {
    const request = signedSample(sample);
    const parsed = parseBody(request.body, request.headers['content-type'], source.bodyFormats);

    expect(await verify(sample, request, ['another', ...secretsOf(sample)].reverse())).toEqual({
      verified: true,
    });
    if (parsed.kind === 'refused') throw new Error(parsed.cause);
    const { body, headers } = { ...parsed, ...request };
    const read = await readEvents({
      sourceName: name,
      source,
      body: parsed.body,
      json: parsed.json,
      raw: body,
      headers,
      acceptedAt: now,
    });
    expect(read).toMatchObject({
      kind: 'events',
      events: events.map((event) => ({ ...event, lane: `${name}#${event.lane}` })),
    });
    expect(read.kind === 'events' && read.events).toHaveLength(events.length);
  });

  it('takes every part of what it accepts from the request it was given', async () => {
    const request = signedSample(sample);

    const again = await Promise.all([1, 2].map(() => verify(sample, request, secretsOf(sample))));

    expect(again).toEqual([{ verified: true }, { verified: true }]);
  });

  const spoilt = tamperWith(sample, now, sentByOthersThan(name));

  it('can be spoilt in some ways, if it verifies anything', () => {
    expect(spoilt.length).toBeGreaterThan(source.verify.name === 'none' ? -1 : 5);
  });

  it.each(spoilt)('refuses $what', async ({ request, secrets }) => {
    const verdict = await verify(sample, request, secrets ?? secretsOf(sample));

    expect(verdict.verified).toBe(false);
  });

  if (sample.covers === 'body' && sample.sign === undefined && source.bodyFormats[0] === 'json') {
    it.each([
      ['empty', ''],
      ['cut short', '{"id":'],
      ['with two byte order marks', '\uFEFF\uFEFF{}'],
      ['invalid UTF-8', Buffer.of(0x7b, 0xff, 0x7d)],
      ['nested too deeply', '['.repeat(5000)],
    ])('takes no event from a body that is %s, however well it is signed', async (_, text) => {
      const body = typeof text === 'string' ? Buffer.from(text) : text;
      const request = signLike(sample, { ...unsignedRequest(sample, now), body }, { now });

      // A time inside the body is not found in these.
      const isTimed = source.verify.scheme?.timestamp?.from.startsWith('field:') === true;
      expect(await verify(sample, request, secretsOf(sample))).toMatchObject({ verified: !isTimed });
      expect(parseBody(body, request.headers['content-type'], source.bodyFormats).kind).toBe('refused');
    });
  }
}
