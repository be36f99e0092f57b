import { json, type Happenings } from '../happenings.ts';

export const contentfulHappenings: Happenings = {
  id: '`X-Contentful-Idempotency-Key`; else topic, resource, environment, space and version',
  differ: 'the version or revision, which grows with each change, in each environment by itself',
  first: json(
    { sys: { id: 'e', type: 'Entry', revision: 4, environment: { sys: { id: 'master' } } } },
    { 'x-contentful-topic': 'ContentManagement.Entry.publish' },
  ),
  second: json(
    { sys: { id: 'e', type: 'Entry', revision: 4, environment: { sys: { id: 'staging' } } } },
    { 'x-contentful-topic': 'ContentManagement.Entry.publish' },
  ),
  sameLane: [
    json(
      { sys: { id: 'e', type: 'Entry', revision: 5, environment: { sys: { id: 'master' } } } },
      { 'x-contentful-topic': 'ContentManagement.Entry.unpublish' },
    ),
  ],
};
