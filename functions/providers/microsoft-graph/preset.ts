import { bodyHash, eachDelivery, joined } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { clientState } from './client-state.ts';

/** One notification of a body that holds several. */
export interface GraphNotification {
  /** Of the notification; most have none. */
  readonly id?: string;
  readonly subscriptionId: string;
  readonly clientState: string;
  /** `created`, `updated` or `deleted`. */
  readonly changeType?: string;
  /** `reauthorizationRequired`, `subscriptionRemoved` or `missed`. */
  readonly lifecycleEvent?: string;
  readonly tenantId?: string;
  /** What changed, such as `Users/1/Messages/2`. */
  readonly resource?: string;
  readonly resourceData?: {
    readonly id?: string;
    readonly '@odata.etag'?: string;
    readonly [field: string]: unknown;
  } | null;
  readonly [field: string]: unknown;
}

/**
 * Microsoft Graph's change notifications: known by the `clientState` of your subscriptions, which every notification of a body must have. Those
 * with resource data also carry tokens, which are not looked at. Lane: the resource.
 */
export const microsoftGraph = preset<GraphNotification>(
  {
    name: 'microsoft-graph',
    title: 'Microsoft Graph',
    page: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
    confidence: 'documentation',
    secret: 'the clientState of the subscriptions',
    acknowledgeWithinSeconds: 3,
    unsigned: 'everything: clientState says who calls, not what was sent',
  },
  {
    verify: clientState(),
    handshakes: [
      echo({ name: 'validation', method: 'POST', isSigned: false, echo: 'query:validationToken' }),
    ],
    split: 'value',
    // Of drives, lists and presence two notifications are equal byte for byte, as are two that something was missed.
    id: (e) => {
      const { id, subscriptionId, resourceData, changeType } = e.body;
      return (
        joined(subscriptionId, id) ??
        joined(subscriptionId, resourceData?.id, changeType, resourceData?.['@odata.etag']) ??
        bodyHash(eachDelivery)(e)
      );
    },
    type: ({ body }) => body.changeType ?? body.lifecycleEvent,
    lane: ({ body }) => body.resource ?? body.subscriptionId,
  },
);
