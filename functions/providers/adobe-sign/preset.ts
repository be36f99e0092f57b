import { echo } from '../../handshakes/echo.ts';
import { apiKey } from '../../signatures/api-key.ts';
import { preset } from '../preset.ts';

interface Resource {
  readonly id?: string;
  readonly [field: string]: unknown;
}

export interface AdobeSignEvent {
  readonly webhookNotificationId?: string;
  /** `AGREEMENT_CREATED`, … */
  readonly event?: string;
  readonly eventDate?: string;
  readonly agreement?: Resource;
  readonly megaSign?: Resource;
  readonly widget?: Resource;
  readonly libraryDocument?: Resource;
  readonly [field: string]: unknown;
}

const clientId = 'x-adobesign-clientid';

/** Adobe Acrobat Sign. It wants its client id back with every answer. Lane: the agreement, or what else the event is about. */
export const adobeSign = preset<AdobeSignEvent>(
  {
    name: 'adobe-sign',
    title: 'Adobe Acrobat Sign',
    page: 'https://helpx.adobe.com/sign/web/developers/webhooks/overview.html',
    confidence: 'documentation',
    secret: 'the client id of the application that made the webhook',
    unsigned: 'everything: the client id says who calls, not what was sent, and is no secret of Adobe’s',
    version: 'eventDate',
  },
  {
    verify: apiKey({ header: clientId }),
    handshakes: [
      echo({
        name: 'intent',
        method: 'GET',
        isSigned: true,
        echo: `header:${clientId}`,
        member: 'xAdobeSignClientId',
      }),
    ],
    id: 'webhookNotificationId',
    type: 'event',
    lane: ({ body: { agreement, megaSign, widget, libraryDocument } }) =>
      (agreement ?? megaSign ?? widget ?? libraryDocument)?.id,
    respond: ({ standard, headers }) => ({
      ...standard,
      headers: { ...standard.headers, [clientId]: headers[clientId] ?? '' },
    }),
  },
);
