import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { OpsClient } from '../operations/ops-client.ts';
import { pathPart } from '../operations/send-request.ts';

/** What was received of an event, or why there is no copy of it. */
export type Received =
  | {
      readonly kind: 'received';
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array<ArrayBuffer>;
      /** Paths whose values are not in the body, which therefore is no more what its sender signed. */
      readonly redacted: readonly string[];
    }
  | { readonly kind: 'none'; readonly why: string };

/** The payload of an event: its kept headers and its bytes. Throws where the caller may read no payloads. */
export async function readReceived(
  { source, eventId }: { readonly source: string; readonly eventId: string },
  client: Pick<OpsClient, 'ask' | 'fetch'>,
): Promise<Received> {
  try {
    const { value } = await client.ask('readPayload', { named: { source, eventId } });
    const { headers, redacted, format, body } = value;
    const bytes = async (): Promise<Uint8Array<ArrayBuffer>> => {
      if (typeof body === 'string' && format !== 'json') {
        return Uint8Array.from(Buffer.from(body, format === 'base64' ? 'base64' : 'utf8'));
      }
      if (redacted.length > 0) return new TextEncoder().encode(JSON.stringify(body));
      // JSON that was parsed and written again is not what was sent.
      const path = `/payloads/${pathPart(source)}/${pathPart(eventId)}`;
      return new Uint8Array(await (await client.fetch(path, { query: { as: 'raw' } })).arrayBuffer());
    };
    return { kind: 'received', headers, redacted, body: await bytes() };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const why = noCopy[causeOf(error.problem)];
    if (why !== undefined) return { kind: 'none', why };
    if (error.exitCode !== exitCodes.denied) throw error;
    throw new CommandError(
      `${error.message}\nPayloads need a permission of their own: GET /payloads/*.`,
      exitCodes.denied,
      error.problem,
    );
  }
}

/** What the API may say of one payload; the others may be there. */
const noCopy: Readonly<Record<string, string>> = {
  'unknown-event': 'there is no such event any more',
  'body-gone': 'its body has expired',
  'payload-too-large': 'its body is larger than an answer of the API',
  'payload-redacted': 'its source redacts bodies, and this one is no JSON',
};

const causeOf = (problem: unknown): string =>
  typeof problem === 'object' && problem !== null && 'cause' in problem ? String(problem.cause) : '';
