import * as z from 'zod';
import { eventKey } from '../../ledger/keys.ts';
import { found } from '../answer.ts';
import { route } from '../route.ts';

const healthSchema = z.object({ status: z.enum(['ok']) }).meta({ description: 'Whether it works' });

export const health = route(
  {
    method: 'GET',
    path: '/health',
    name: 'readHealth',
    tag: 'numbers',
    summary: 'Is there a ledger that answers?',
    answer: healthSchema,
    problems: [],
    isPublic: true,
  },
  async (_, { ledger }) => {
    await ledger.newest(eventKey('health', 'health'));
    return found({ status: 'ok' });
  },
);
