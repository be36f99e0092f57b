import { parseJson } from '../../body/parse-body.ts';
import { isObject, lookUp } from '../../body/path.ts';
import { microsoftGraph } from './preset.ts';
import type { Sample } from '../sample.ts';

const message = (id: string) => ({
  subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
  changeType: 'updated',
  tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
  resource: `Users/e1/Messages/${id}`,
  resourceData: { '@odata.type': '#Microsoft.Graph.Message', '@odata.etag': 'W/"CQAAABYA"', id },
});

export const microsoftGraphSample: Sample = {
  source: microsoftGraph(),
  key: { secret: 'a clientState of your own' },
  covers: 'nothing',
  proof: ['field:value.0.clientState'],
  request: () => ({ body: JSON.stringify({ value: [message('AAMk1'), message('AAMk2')] }) }),
  sign: (request, { secret }) => {
    const parsed = parseJson(request.body);
    const value = parsed.kind === 'parsed' ? lookUp(parsed.body, 'value') : undefined;
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    const known = items.map((item) => (isObject(item) ? { ...item, clientState: secret } : item));
    return { ...request, body: Buffer.from(JSON.stringify({ value: known })) };
  },
  events: [
    {
      eventId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07/AAMk1/updated/W/"CQAAABYA"',
      type: 'updated',
      lane: 'Users/e1/Messages/AAMk1',
    },
    {
      eventId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07/AAMk2/updated/W/"CQAAABYA"',
      type: 'updated',
      lane: 'Users/e1/Messages/AAMk2',
    },
  ],
};
