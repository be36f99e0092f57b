import * as z from 'zod';
import { eventKey } from '../../ledger/keys.ts';
import { named } from '../../ledger/named.ts';
import { partsOfName } from '../../sources/subscribers.ts';
import { found, problem, type Answer } from '../answer.ts';
import { redact } from '../redact.ts';
import { route } from '../route.ts';
import { time } from '../wire.ts';

const payloadSchema = z
  .object({
    source: z.string(),
    eventId: z.string(),
    acceptedAt: time,
    headers: z.record(z.string(), z.string()),
    bytes: z.int(),
    sha256: z.string(),
    format: z.enum(['json', 'text', 'base64']),
    body: z.unknown().meta({ description: 'Parsed, or as text, or as base64 where it is neither' }),
    redacted: z.array(z.string()).meta({ description: 'Paths whose values are not shown' }),
  })
  .meta({ description: 'What was received' });

/** As JSON has it: what the console reads. */
export type PayloadOnWire = z.input<typeof payloadSchema>;

export const readPayload = route(
  {
    method: 'GET',
    path: '/payloads/{source}/{eventId}',
    name: 'readPayload',
    tag: 'events',
    takesSubscriber: true,
    summary: 'What was received of an event, and with which headers',
    description:
      'A permission of its own on AWS: `GET /payloads/*`. `as=raw` answers the bytes as they came, to be stored and never shown as a page.',
    query: z.strictObject({ as: z.enum(['json', 'raw']).default('json') }),
    answer: payloadSchema,
    otherContent: ['application/octet-stream'],
    problems: ['unknown-event', 'body-gone', 'payload-redacted', 'payload-too-large'],
  },
  async ({ named: { source, eventId }, query }, { ledger, sources }) => {
    const { event: stored, entries } = await ledger.read(eventKey(source, eventId));
    if (stored === undefined) return problem(entries.length > 0 ? 'body-gone' : 'unknown-event');
    const event = await ledger.original(stored);
    if (event === undefined) return problem('body-gone');
    const bytes = await ledger.readBody(event);
    if (bytes === undefined) return problem('body-gone');
    // Of the source also where a subscriber is no longer in the configuration.
    const paths = named(sources, partsOfName(source).source)?.redact ?? [];
    if (query.as === 'raw') return paths.length > 0 ? problem('payload-redacted') : raw(bytes);

    const shown = show(bytes);
    if (paths.length > 0 && shown.format !== 'json') return problem('payload-redacted');
    const body = shown.format === 'json' ? redact(shown.body, paths) : shown.body;
    const { acceptedAt, headers, bodySha256: sha256 } = event;
    const answer = {
      source,
      eventId,
      acceptedAt,
      headers,
      bytes: bytes.byteLength,
      sha256,
      format: shown.format,
      body,
      redacted: paths,
    };
    return fits(JSON.stringify(answer)) ? found(answer) : problem('payload-too-large');
  },
);

/** Of the answer as Lambda hands it over: text within JSON, or base64. */
const mostBytes = 5_800_000;
const fits = (text: string): boolean => Buffer.byteLength(JSON.stringify(text)) <= mostBytes;

function raw(body: Uint8Array): Answer {
  if ((body.byteLength / 3) * 4 > mostBytes) return problem('payload-too-large');
  return {
    kind: 'raw',
    contentType: 'application/octet-stream',
    body,
    // Whatever a sender put into it, no browser runs it.
    headers: {
      'content-disposition': 'attachment; filename="payload.bin"',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
}

function show(bytes: Uint8Array): { readonly format: 'json' | 'text' | 'base64'; readonly body: unknown } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { format: 'base64', body: Buffer.from(bytes).toString('base64') };
  }
  try {
    return { format: 'json', body: JSON.parse(text) as unknown };
  } catch {
    return { format: 'text', body: text };
  }
}
