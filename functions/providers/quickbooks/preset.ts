import { joined, joinedWith } from '../../sources/event-keys.ts';
import { isObject, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

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
  /** Of a merge. */
  readonly deletedId?: string;
  readonly [field: string]: unknown;
}

/** CloudEvents come as a list; before, there was one for each company, which is named beside it. Both are empty where QuickBooks tries the address. */
function changes(body: unknown): readonly unknown[] | undefined {
  if (isList(body)) return body;
  const companies = lookUp(body, 'eventNotifications');
  if (!isList(companies)) return undefined;
  return companies.flatMap((company) => {
    const entities = lookUp(company, 'dataChangeEvent.entities');
    return (isList(entities) ? entities : []).map((entity) => ({
      realmId: lookUp(company, 'realmId'),
      ...(isObject(entity) ? entity : {}),
    }));
  });
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
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
    id: ({ body: { type, realmId, name, id, operation, lastUpdated, deletedId } }) =>
      type === undefined ? joinedWith([realmId, name, id, operation, lastUpdated], deletedId) : id,
    type: ({ body: { type, name, operation } }) => type ?? `${name ?? ''}.${operation ?? ''}`,
    lane,
    respond: ({ standard }) => ({ ...standard, status: standard.status < 300 ? 200 : standard.status }),
  },
);
