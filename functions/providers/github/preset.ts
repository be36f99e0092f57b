import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

interface Numbered {
  readonly number: number;
  readonly [field: string]: unknown;
}

/** What GitHub's payloads share; which event it is stands in the `X-GitHub-Event` header. */
export interface GithubEvent {
  readonly action?: string;
  readonly repository?: {
    readonly id: number;
    readonly full_name: string;
    readonly [field: string]: unknown;
  };
  readonly organization?: { readonly id: number; readonly login: string; readonly [field: string]: unknown };
  readonly sender?: { readonly id: number; readonly login: string; readonly [field: string]: unknown };
  readonly installation?: { readonly id: number; readonly [field: string]: unknown };
  readonly issue?: Numbered;
  readonly pull_request?: Numbered;
  readonly discussion?: Numbered;
  readonly [field: string]: unknown;
}

/** `issues.opened`, or `push` where there is no action. */
function type({ headers, body }: { headers: Readonly<Record<string, string>>; body: GithubEvent }) {
  const event = headers['x-github-event'];
  return event !== undefined && body.action !== undefined ? `${event}.${body.action}` : event;
}

/** The issue, pull request or discussion (they share one series of numbers); else the repository; else the organization, else the installation of the app. */
function lane({ body }: { body: GithubEvent }) {
  const { repository, organization } = body;
  if (repository === undefined) {
    if (organization !== undefined) return `organization ${organization.id}`;
    return body.installation && `installation ${body.installation.id}`;
  }
  const number = (body.issue ?? body.pull_request ?? body.discussion)?.number;
  return number === undefined ? `${repository.id}` : `${repository.id}/${number}`;
}

/** GitHub, JSON or form payloads. Lane: the issue, pull request or discussion, else the repository. */
export const github = preset<GithubEvent>(
  {
    name: 'github',
    title: 'GitHub',
    page: 'https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries',
    confidence: 'library',
    secret: 'the secret of the webhook',
    acknowledgeWithinSeconds: 10,
    unsigned: 'the delivery id and the name of the event (headers)',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature-256', prefix: 'sha256=', encoding: 'hex' }),
    bodyFormats: ['json', 'form:payload'],
    // Sent when a webhook is made. `handshakes: []` makes an event of it.
    handshakes: [ping('ping', { 'header:x-github-event': 'ping' })],
    id: 'header:X-GitHub-Delivery',
    type,
    lane,
  },
);
