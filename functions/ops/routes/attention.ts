import { found } from '../answer.ts';
import { attentionSchema, readAttention } from '../attention-list.ts';
import { route } from '../route.ts';

export const attention = route(
  {
    method: 'GET',
    path: '/ops/attention',
    name: 'listAttention',
    tag: 'attention',
    summary: 'What needs somebody',
    answer: attentionSchema,
    problems: [],
  },
  async (_, deps) => found(await readAttention(deps)),
);
