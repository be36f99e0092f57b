import { ping } from '../../handshakes/ping.ts';
import { joined } from '../../sources/event-keys.ts';
import { apiKey } from '../../signatures/api-key.ts';
import type { SourceOptions } from '../../sources/source.ts';

/** Some methods of Drive describe the change; nothing else has a body. */
export interface GoogleChange {
  readonly kind?: string;
  readonly [field: string]: unknown;
}

export const channelToken = 'the token given when the channel was made';

/**
 * How Google tells of changes to what a channel watches: by headers. They say that something changed, not what. Numbers of a channel grow from message to message.
 */
export const channel: SourceOptions<GoogleChange> = {
  verify: apiKey({ header: 'x-goog-channel-token' }),
  bodyFormats: ['empty', 'json'],
  // The first message of a channel.
  handshakes: [ping('sync', { 'header:x-goog-resource-state': 'sync' })],
  id: ({ headers }) => joined(headers['x-goog-channel-id'], headers['x-goog-message-number']),
  type: 'header:X-Goog-Resource-State',
  lane: 'header:X-Goog-Resource-ID',
};
