import { json, type Happenings } from '../happenings.ts';

const graphOfHubspot = {
  portalId: 1,
  subscriptionId: 2,
  eventId: 100,
  occurredAt: 1772366400000,
  subscriptionType: 'contact.propertyChange',
  objectId: 5,
  attemptNumber: 0,
};

export const hubspotHappenings: Happenings = {
  id: 'portal, subscription, event id, time, object and property',
  differ:
    'any of them: the event id alone is not promised to be unique; of a workflow its bytes, within an hour',
  first: json([{ ...graphOfHubspot, propertyName: 'a' }]),
  second: json([{ ...graphOfHubspot, propertyName: 'b' }]),
  again: json([{ ...graphOfHubspot, propertyName: 'a', attemptNumber: 3 }]),
  sameLane: [json([{ ...graphOfHubspot, eventId: 101, subscriptionType: 'contact.deletion' }])],
};
