import { answerWith } from '../../api/answer.ts';
import { bodyHash } from '../../sources/event-keys.ts';
import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { token } from '../../signatures/token.ts';

export interface FigmaEvent {
  /** `FILE_UPDATE`, `FILE_COMMENT`, … */
  readonly event_type: string;
  readonly webhook_id: string | number;
  /** To the second. */
  readonly timestamp: string;
  readonly passcode: string;
  readonly file_key?: string;
  readonly comment_id?: string;
  readonly [field: string]: unknown;
}

/**
 * Two comments on a file, or two of its layers that change their status, may share a second; a library that is published sends one request for each
 * kind of its assets. All but the count of retries tells them apart.
 */
const id = bodyHash({ without: ['retries', 'passcode'] });

/** Figma, which signs nothing and sends a passcode in the body. Lane: the file. */
export const figma = preset<FigmaEvent>(
  {
    name: 'figma',
    title: 'Figma',
    page: 'https://developers.figma.com/docs/rest-api/webhooks-security',
    confidence: 'documentation',
    secret: 'the passcode of the webhook',
    unsigned: 'everything: a passcode says who calls, not what was sent; and it is kept with the body',
    version: 'timestamp',
  },
  {
    verify: token({ name: 'figma', from: 'field:passcode' }),
    handshakes: [ping('ping', { 'field:event_type': 'PING' })],
    id,
    type: 'event_type',
    lane: 'file_key',
    respond: answerWith({ status: 200 }),
  },
);
