import type { Config } from '../functions/sources/config.ts';
import { readEvents } from '../functions/sources/read-events.ts';
import type { Source } from '../functions/sources/source.ts';
import type { Secrets } from './secrets-file.ts';

/** Bodies that sources without a provider's own format are likely to take; `ID` becomes fresh with every paste. */
const bodies = [
  {
    order_uuid: '3f2a6c1e-8d4b-4f7a-9c55-0b1e2d3f4a5b',
    txn_id: 'txn-ID',
    status: 'paid',
    amount: 99.9,
    timestamp: '2026-01-02T03:04:05Z',
    webhook_source: 'sample',
    correlation_id: 'sample-ID',
    metadata: { sample: true },
  },
  { id: 'event-ID', type: 'sample', entity: 'entity-1', data: { object: { id: 'object-1' } } },
] as const;

/**
 * A shell command that sends a webhook which is accepted, each time it is pasted; for the first source whose sender is told by a
 * token, or not at all, and that takes one of the sample bodies. Undefined where there is none.
 */
export async function sampleRequest(cloud: {
  readonly url: string;
  readonly config: Config;
  readonly secrets: Secrets;
}): Promise<string | undefined> {
  for (const [name, source] of Object.entries(cloud.config.sources)) {
    const header = authorization(source, cloud.secrets[source.secrets ?? name]?.[0]);
    const body = await acceptedBody(name, source);
    if (header === undefined || body === undefined) continue;
    return [
      `curl -i ${cloud.url}/webhooks/${name} -H 'content-type: application/json' ${header}\\`,
      `  -d '${JSON.stringify(body).replaceAll('ID', `'$(date +%s%N)'`)}'`,
    ].join('\n');
  }
  return undefined;
}

function authorization(source: Source, secret: string | undefined): string | undefined {
  if (!source.verify.needsSecret) return '';
  return source.verify.name === 'bearer' && secret !== undefined
    ? `-H 'authorization: Bearer ${secret}' `
    : undefined;
}

async function acceptedBody(name: string, source: Source): Promise<object | undefined> {
  for (const body of bodies) {
    const raw = Buffer.from(JSON.stringify(body));
    const headers = { 'content-type': 'application/json' };
    const read = await readEvents({ sourceName: name, source, body, raw, headers, acceptedAt: new Date() });
    if (read.kind === 'events') return body;
  }
  return undefined;
}
