import { bodyHash, joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { jwt } from '../../signatures/jwt.ts';

/** A deploy as it stands when the notification is sent. */
export interface NetlifyDeploy {
  readonly id: string;
  readonly site_id: string;
  /** `building`, `ready`, `error`, …; none of a form's submission. */
  readonly state?: string;
  readonly updated_at?: string;
  readonly locked?: boolean | null;
  readonly [field: string]: unknown;
}

/**
 * Netlify's deploy notifications. Type: the state. Lane: the site.
 */
export const netlify = preset<NetlifyDeploy>(
  {
    name: 'netlify',
    title: 'Netlify',
    page: 'https://docs.netlify.com/site-deploys/notifications/#payload-signature',
    confidence: 'documentation',
    secret: 'the JWS secret token of the notification',
    version: 'updated_at',
  },
  {
    // Its tokens say neither when they were made nor until when they are good.
    verify: jwt({
      name: 'netlify',
      from: 'header:x-webhook-signature',
      algorithm: 'HS256',
      issuer: ['netlify'],
      bodySha256: 'sha256',
    }),
    // A deploy that is locked, unlocked or restored has the state that it had.
    id: (e) => joined(e.body.id, bodyHash({ headers: ['x-netlify-event'] })(e)),
    type: ({ body, headers, source }) => body.state ?? headers['x-netlify-event'] ?? source,
    lane: 'site_id',
  },
);
