import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface VercelEvent {
  readonly id: string;
  /** `deployment.created`, `project.removed`, … */
  readonly type: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly payload: {
    readonly deployment?: { readonly id: string; readonly [field: string]: unknown };
    readonly project?: { readonly id: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Vercel. Lane: the deployment, else the project. */
export const vercel = preset<VercelEvent>(
  {
    name: 'vercel',
    title: 'Vercel',
    page: 'https://vercel.com/docs/webhooks/webhooks-api',
    confidence: 'second-hand',
    secret: 'the secret of the webhook, or the client secret of the integration',
    version: 'createdAt',
  },
  {
    verify: hmac({ algorithm: 'sha1', header: 'x-vercel-signature', encoding: 'hex' }),
    id: 'id',
    type: 'type',
    lane: ({ body: { payload } }) => payload.deployment?.id ?? payload.project?.id,
  },
);
