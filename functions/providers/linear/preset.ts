import { answerWith } from '../../api/answer.ts';
import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface LinearEvent {
  /** `create`, `update`, `remove`, … */
  readonly action?: string;
  /** `Issue`, `Comment`, … */
  readonly type: string;
  readonly data?: {
    readonly id?: string;
    readonly issueId?: string | null;
    /** Of an update of a project, but also of an issue. */
    readonly projectId?: string | null;
    readonly updatedAt?: string;
    readonly [field: string]: unknown;
  };
  /** Milliseconds. */
  readonly webhookTimestamp: number;
  readonly [field: string]: unknown;
}

/** Linear. Lane: the issue, comment or other thing. */
export const linear = preset<LinearEvent>(
  {
    name: 'linear',
    title: 'Linear',
    page: 'https://linear.app/developers/webhooks',
    confidence: 'library',
    secret: 'the signing secret of the webhook',
    acknowledgeWithinSeconds: 5,
    unsigned: 'the delivery id (header)',
    version: 'data.updatedAt',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'linear-signature',
      encoding: 'hex',
      // The time inside the body is signed; the linear-timestamp header is not.
      // Linear comes again after a minute, an hour and six, and does not say whether with another time.
      timestamp: {
        from: 'field:webhookTimestamp',
        unit: 'ms',
        toleranceSeconds: 8 * 3600,
        futureSeconds: 60,
      },
    }),
    id: 'header:Linear-Delivery',
    type: ({ body }) => (body.action === undefined ? body.type : `${body.type}.${body.action}`),
    // A comment and an attachment belong to their issue. A reaction to a comment does not name the issue.
    lane: ({ body: { type, data } }) =>
      joined('Issue', data?.issueId) ??
      (type === 'ProjectUpdate' ? joined('Project', data?.projectId) : undefined) ??
      joined(type, data?.id),
    respond: answerWith({ status: 200 }),
  },
);
