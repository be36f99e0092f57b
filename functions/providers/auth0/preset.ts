import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

/** One entry of a log stream. */
export interface Auth0Log {
  readonly log_id: string;
  readonly data: {
    /** A code: `s` for a login, `f` for a failed one, … */
    readonly type: string;
    readonly date: string;
    readonly user_id?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** A custom webhook of Auth0's log streams, in any of its content formats. Lane: the user. */
export const auth0 = preset<Auth0Log>(
  {
    name: 'auth0',
    title: 'Auth0 log streams',
    page: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
    confidence: 'second-hand',
    secret: 'the whole authorization token of the stream, as it stands in the header',
    unsigned: 'everything: a token says who calls, not what was sent',
    version: 'data.date',
  },
  {
    verify: apiKey({ header: 'authorization' }),
    bodyFormats: ['json', 'ndjson'],
    split: (body) => (Array.isArray(body) ? body : undefined),
    id: 'log_id',
    type: 'data.type',
    lane: 'data.user_id',
  },
);
