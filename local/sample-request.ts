import { randomUUID } from 'node:crypto';
import type { Config } from '../functions/config/config.ts';
import { readEvents } from '../functions/sources/read-events.ts';
import type { Source } from '../functions/sources/source.ts';
import type { Secrets } from './secrets/secrets-file.ts';

/** Bodies that sources without a provider's own format are likely to take; `id` is a UUID. */
const bodies = [
  (id: string) => ({
    order_uuid: id,
    txn_id: `txn-${id}`,
    status: 'pending',
    amount: 99.9,
    timestamp: '2026-01-02T03:04:05Z',
    webhook_source: 'sample',
    correlation_id: id,
    metadata: { sample: true },
  }),
  (id: string) => ({
    id: `event-${id}`,
    type: 'sample',
    entity: `entity-${id}`,
    data: { object: { id: `object-${id}` } },
  }),
];

interface Sample {
  readonly id: string;
  readonly body: string;
  readonly eventId: string;
}

/**
 * Shell commands that send a webhook and look at what became of it. It is a new event each time they are pasted. For the first source
 * whose sender is told by a token, or not at all, and that takes one of the sample bodies; undefined where there is none.
 */
export async function sampleRequest(cloud: {
  readonly url: string;
  readonly config: Config;
  readonly secrets: Secrets;
}): Promise<string | undefined> {
  for (const [name, source] of Object.entries(cloud.config.sources)) {
    const credential = authorization(source, cloud.secrets[source.secrets ?? name]?.[0]);
    const sample = await acceptedSample(name, source);
    if (credential === undefined || sample === undefined) continue;
    const headers = Object.entries({ 'content-type': 'application/json', ...credential });
    // The id as the shell writes it: a new one each time.
    const [body, eventId] = [
      sample.body.replaceAll(sample.id, `'$id'`),
      sample.eventId.replaceAll(sample.id, '$id'),
    ];
    return [
      // Node is there for certain; uuidgen and date's nanoseconds are not.
      `id=$(node -p 'crypto.randomUUID()')`,
      `curl -i ${cloud.url}/${source.verify.isIamSigned === true ? 'events' : 'webhooks'}/${name} ${headers.map(([header, value]) => `-H '${header}: ${value}' `).join('')}\\`,
      `  -d '${body}'`,
      `curl ${cloud.url}/ops/events/${name}/${eventId}`,
    ].join('\n');
  }
  return undefined;
}

/** The header that lets a sender in; undefined where a signature is needed. */
export function authorization(
  source: Source,
  secret: string | undefined,
): Readonly<Record<string, string>> | undefined {
  if (!source.verify.needsSecret) return {};
  return source.verify.name === 'bearer' && secret !== undefined
    ? { authorization: `Bearer ${secret}` }
    : undefined;
}

/** A body that the source takes as an event of its own for each id. */
export async function acceptedSample(name: string, source: Source): Promise<Sample | undefined> {
  const id = randomUUID();
  for (const bodyOf of bodies) {
    const body = bodyOf(id);
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json' };
    const received = {
      sourceName: name,
      source,
      body,
      headers,
      raw: Buffer.from(text),
      acceptedAt: new Date(),
    };
    const read = await readEvents(received);
    const eventId = read.kind === 'events' ? read.events[0]?.eventId : undefined;
    if (!eventId?.includes(id)) continue;
    return { id, body: text, eventId };
  }
  return undefined;
}
