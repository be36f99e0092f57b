import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { parseBody } from '../../../functions/body/parse-body.ts';
import { readEvents } from '../../../functions/sources/read-events.ts';
import type { Source } from '../../../functions/sources/source.ts';

/** Id, type and lane (without the source's name) of the events in a body (JSON, unless it is a text), or the cause why there are none. */
export async function eventsOf(
  source: Source,
  body: unknown,
  headers: Record<string, string> = {},
  acceptedAt = new Date(),
) {
  const raw = Buffer.from(asSent(body));
  const parsed = parseBody(raw, headers['content-type'] ?? 'application/json', source.bodyFormats);
  if (parsed.kind === 'refused') return parsed.cause;
  const { body: parsedBody, json } = parsed;
  const read = await readEvents({
    sourceName: 's',
    source,
    body: parsedBody,
    json,
    raw,
    headers,
    acceptedAt,
  });
  return read.kind === 'invalid'
    ? read.cause
    : read.events.map(({ eventId, type, lane }) => [eventId, type, lane.slice('s#'.length)]);
}

/** The id of an event that lacks its own: the digest of its bytes and the window they came in. */
export const otherwise: unknown = expect.stringMatching(
  /^[0-9a-f]{64}\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
);

/** The header of a form. */
export const form = { 'content-type': 'application/x-www-form-urlencoded' };

const asSent = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** SHA-256 of a body as it is sent, in hex. */
export const digestOf = (body: unknown): string => createHash('sha256').update(asSent(body)).digest('hex');

export const anyDigest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
