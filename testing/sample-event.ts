import { refuseMistakes } from '../functions/api/config-error.ts';
import type { WebhookEvent } from '../functions/api/handler.ts';
import { parseBody } from '../functions/body/parse-body.ts';
import type { Handlers } from '../functions/config/define-handlers.ts';
import { readEvents } from '../functions/sources/read-events.ts';
import { sampleRequest, type SampleRequestOptions } from './sample-request.ts';

export interface SampleOptions extends SampleRequestOptions {
  /** Name of the preset (default the source's name). */
  readonly preset?: string;
}

/**
 * The event that a source of the configuration makes of its preset's sample, or of a body of your own: with the id, type and lane that it would have.
 * Of a body with several events, the first. Throws where the source would refuse it.
 */
export async function sampleEvent(
  handlers: Handlers,
  sourceName: string,
  { preset = sourceName, ...options }: SampleOptions = {},
): Promise<WebhookEvent> {
  refuseMistakes(handlers);
  const { sources } = handlers.config;
  const source = Object.hasOwn(sources, sourceName) ? sources[sourceName] : undefined;
  if (source === undefined) throw new Error(`the configuration has no source "${sourceName}"`);
  const { headers, body: raw } = sampleRequest(preset, options);
  const parsed = parseBody(raw, headers['content-type'], source.bodyFormats);
  if (parsed.kind === 'refused') throw new Error(`the source would refuse the body: ${parsed.cause}`);
  const read = await readEvents({ sourceName, source, ...parsed, raw, headers, acceptedAt: new Date() });
  if (read.kind === 'invalid') {
    const issues = read.issues.map(({ path, message }) => `${path} ${message}`).join(', ');
    throw new Error(`the source would refuse the event: ${read.cause} (${issues})`);
  }
  const [event] = read.events;
  if (event === undefined) throw new Error('the body holds no event');
  return event;
}
