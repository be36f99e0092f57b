import { createHmac } from 'node:crypto';
import { parseJson } from '../../body/parse-body.ts';
import { isObject, lookUp } from '../../body/path.ts';
import { adyen } from './preset.ts';
import { adyenItems, adyenSignedText } from './signature.ts';
import type { VerifiableRequest } from '../../signatures/verifiable-request.ts';
import type { Sample } from '../sample.ts';

/** Puts the signature of each item among its data, in whatever body it is given. */
function sign(request: VerifiableRequest, secret: string): VerifiableRequest {
  const parsed = parseJson(request.body);
  const body = parsed.kind === 'parsed' && isObject(parsed.body) ? parsed.body : {};
  const notificationItems = adyenItems(request).map((item) => {
    const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update(adyenSignedText(item) ?? '');
    const data = lookUp(item, 'additionalData');
    const additionalData = { ...(isObject(data) ? data : {}), hmacSignature: mac.digest('base64') };
    return { NotificationRequestItem: { ...(isObject(item) ? item : {}), additionalData } };
  });
  return { ...request, body: Buffer.from(JSON.stringify({ ...body, notificationItems })) };
}

const payment = {
  pspReference: '7914073381342284',
  merchantAccountCode: 'YourMerchantAccount',
  merchantReference: 'order:4711',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};
const capture = {
  ...payment,
  pspReference: '8825408195409505',
  originalReference: '7914073381342284',
  eventCode: 'CAPTURE',
  reason: 'Grüße',
};
const itemsPath = 'notificationItems.1.NotificationRequestItem';

export const adyenSample: Sample = {
  source: adyen(),
  key: { secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056' },
  covers: 'values',
  uncovered: ['live', `${itemsPath}.reason`, `${itemsPath}.eventDate`],
  request: (now) => ({
    body: JSON.stringify({
      live: 'false',
      notificationItems: [
        { NotificationRequestItem: payment },
        { NotificationRequestItem: { ...capture, eventDate: now.toISOString() } },
      ],
    }),
  }),
  sign: (request, { secret }) => sign(request, secret),
  events: [
    {
      type: 'AUTHORISATION',
      lane: '7914073381342284',
    },
    { type: 'CAPTURE', lane: '7914073381342284' },
  ],
};
