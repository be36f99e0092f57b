import { bodyHash, joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { any } from '../../signatures/combine.ts';
import { signature } from '../../signatures/signature.ts';
import { token } from '../../signatures/token.ts';

interface Numbered {
  readonly iid: number;
  readonly [field: string]: unknown;
}

/** What GitLab's payloads share. */
export interface GitlabEvent {
  /** `push`, `issue`, `merge_request`, `note`, `pipeline`, … */
  readonly object_kind?: string;
  /** Of system hooks, which have no `object_kind`. */
  readonly event_name?: string;
  /** Of system hooks without its id. */
  readonly project?: { readonly id?: number; readonly [field: string]: unknown };
  readonly project_id?: number;
  readonly group_id?: number;
  readonly user_id?: number;
  readonly object_attributes?: {
    readonly id: number;
    readonly iid?: number;
    readonly action?: string;
    readonly target_project_id?: number;
    readonly updated_at?: string;
    readonly [field: string]: unknown;
  };
  /** Of a note: what was commented on. */
  readonly issue?: Numbered;
  readonly merge_request?: Numbered;
  /** Of a job. */
  readonly pipeline_id?: number;
  readonly [field: string]: unknown;
}

const isRemark = (kind: string | undefined) => kind === 'note' || kind === 'emoji';

/** The issue, merge request, pipeline, …: they are numbered apart. A comment, an emoji and a job belong to what they are on. Else the project, the group, the user. */
function lane({ body }: { body: GitlabEvent }) {
  const { object_kind: kind, object_attributes: attributes, issue, merge_request: mergeRequest } = body;
  const project = body.project?.id ?? body.project_id ?? attributes?.target_project_id;
  if (isRemark(kind) && issue !== undefined) return joined(project, 'issue', issue.iid);
  if (isRemark(kind) && mergeRequest !== undefined) return joined(project, 'merge_request', mergeRequest.iid);
  // A job knows its pipeline by the id, not by the number in the project.
  const pipeline = kind === 'pipeline' ? attributes?.id : body.pipeline_id;
  if (pipeline !== undefined) return joined(project, 'pipeline', pipeline);
  if (attributes?.iid !== undefined) return joined(project, kind, attributes.iid);
  return project ?? joined('group', body.group_id) ?? joined('user', body.user_id);
}

/** All system hooks share one name in the header. */
function type({ headers, body }: { headers: Readonly<Record<string, string>>; body: GitlabEvent }) {
  const name = headers['x-gitlab-event'];
  return name === undefined || name === 'System Hook' ? (body.object_kind ?? body.event_name ?? name) : name;
}

/**
 * GitLab, with a signing token (Standard Webhooks) or a secret token, which is sent as it is and says nothing of the body: list only the signing
 * token where there is one. Lane: the issue, merge request or pipeline in its project, else the project.
 */
export const gitlab = preset<GitlabEvent>(
  {
    name: 'gitlab',
    title: 'GitLab',
    page: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
    confidence: 'documentation',
    secret: 'the signing token (whsec_…), or the secret token of the webhook',
    acknowledgeWithinSeconds: 10,
    unsigned: 'the name of the event (header); with a secret token everything',
    // Some payloads write 2026-03-01 12:00:00 UTC.
    version: ({ body }) => body.object_attributes?.updated_at?.replace(/ UTC$/, 'Z'),
  },
  {
    verify: any(
      signature({
        name: 'gitlab-signing-token',
        algorithm: 'hmac-sha256',
        key: { format: 'base64', prefix: 'whsec_', mustHavePrefix: true },
        from: 'header:webhook-signature',
        shape: { kind: 'words', separator: ' ', prefix: 'v1,' },
        encoding: 'base64',
        signed: '{id}.{timestamp}.{body}',
        id: 'header:webhook-id',
        timestamp: { from: 'header:webhook-timestamp', unit: 's' },
      }),
      token({ name: 'gitlab-secret-token', from: 'header:x-gitlab-token' }),
    ),
    // The same text in both; the first is signed, the second comes without a signing token too, since GitLab 17.4.
    id: (e) =>
      e.headers['webhook-id'] ??
      e.headers['idempotency-key'] ??
      bodyHash({ within: 24 * 3600, headers: ['x-gitlab-event-uuid'] })(e),
    type,
    lane,
  },
);
