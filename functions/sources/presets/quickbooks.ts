import { joined } from '../event-keys.ts';
import { isObject, lookUp } from '../path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

/** A change of an entity: with the first fields as a CloudEvent, with the others in the form before that. */
export interface QuickbooksChange {
  /** A CloudEvent's own id; before, that of the entity. */
  readonly id: string;
  /** `qbo.invoice.updated.v1` */
  readonly type?: string;
  readonly time?: string;
  readonly intuitentityid?: string;
  readonly intuitaccountid?: string;

  readonly realmId?: string;
  /** `Invoice` */
  readonly name?: string;
  /** `Update` */
  readonly operation?: string;
  readonly lastUpdated?: string;
  readonly [field: string]: unknown;
}

/** CloudEvents come as a list. Before, each company had one, which names the company beside it. */
function changes(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (lookUp(body, 'specversion') !== undefined) return [body];
  return listAt(body, 'eventNotifications').flatMap((company) =>
    listAt(company, 'dataChangeEvent.entities').map((entity) => ({
      realmId: lookUp(company, 'realmId'),
      ...(isObject(entity) ? entity : {}),
    })),
  );
}

function listAt(value: unknown, path: string): readonly unknown[] {
  const found = lookUp(value, path);
  return Array.isArray(found) ? found : [];
}

/** The same for one entity in both forms. */
function lane({ body }: { body: QuickbooksChange }): string | undefined {
  const { type, intuitaccountid, intuitentityid, realmId, name, id } = body;
  return type === undefined
    ? joined(realmId, name?.toLowerCase(), id)
    : joined(intuitaccountid, type.split('.')[1], intuitentityid);
}

/** QuickBooks Online; a body holds several events, as CloudEvents or in the older form. Lane: the entity of the company. */
export const quickbooks = preset<QuickbooksChange>(
  {
    name: 'quickbooks',
    title: 'QuickBooks Online',
    page: 'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks',
    confidence: 'documentation',
    secret: 'the verifier token of the app',
    acknowledgeWithinSeconds: 3,
    version: ({ body }) => body.time ?? body.lastUpdated,
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'intuit-signature', encoding: 'base64' }),
    split: changes,
    id: ({ body: { type, realmId, name, id, operation, lastUpdated } }) =>
      type === undefined ? joined(realmId, name, id, operation, lastUpdated) : id,
    type: ({ body: { type, name, operation } }) => type ?? `${name ?? ''}.${operation ?? ''}`,
    lane,
    respond: ({ standard }) => ({ ...standard, status: standard.status < 300 ? 200 : standard.status }),
  },
);
