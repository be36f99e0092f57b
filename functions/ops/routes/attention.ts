import * as z from 'zod';
import { parseEventKey } from '../../ledger/keys.ts';
import { found, problem } from '../answer.ts';
import { attentionSchema } from '../attention-list.ts';
import { attentionList, type AttentionItem } from '../lists/attention-stream.ts';
import { budgetOf, usualBudget } from '../lists/budget.ts';
import { cursorOf } from '../lists/cursor.ts';
import { route } from '../route.ts';
import { cursorParameter, limit, sourceFilter } from '../wire.ts';

type AttentionView = z.output<typeof attentionSchema>['items'][number];

export const attention = route(
  {
    method: 'GET',
    path: '/ops/attention',
    name: 'listAttention',
    tag: 'attention',
    summary: 'What needs somebody',
    description:
      'Pages follow the sources and ids; on a page what cannot be read comes first, then the newest. What was just repaired is not on it. That of a source has its events, and what is wrong with it as a whole.',
    query: z.strictObject({ source: sourceFilter, limit: limit(200, 200), cursor: cursorParameter }),
    answer: attentionSchema,
    problems: ['invalid-cursor'],
  },
  async ({ query: { source, limit: most, cursor } }, deps) => {
    const cursors = cursorOf(z.string(), 'attention', { source });
    const behind = cursor === undefined ? '' : cursors.read(cursor);
    if (behind === undefined) return problem('invalid-cursor');
    const items: AttentionItem[] = [];
    let more = false;
    for await (const item of attentionList(source, behind, deps, budgetOf(usualBudget, deps.now))) {
      more = items.length === most;
      if (more) break;
      items.push(item);
    }
    const last = items.at(-1);
    return found({
      items: items.sort((a, b) => timeOf(b) - timeOf(a)).map(attentionView),
      more,
      ...(more && last && { cursor: cursors.write(last.key) }),
    });
  },
);

const timeOf = ({ at }: AttentionItem): number => at?.getTime() ?? Number.MAX_VALUE;

function attentionView({ key, source, lane, reason, at }: AttentionItem): AttentionView {
  const names = parseEventKey(key);
  const ofEvent = names?.source === source ? { eventId: names.eventId, lane } : {};
  return { source, ...ofEvent, reason, ...(at && { at }) };
}
