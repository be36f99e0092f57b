import { expect, it } from 'vitest';
import { vercel } from '../../functions/providers/vercel/preset.ts';
import { vercelSample } from '../../functions/providers/vercel/sample.ts';
import { agreesWithFormula, hmac } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('vercel');

it('the deployment, else the project', async () => {
  const event = (payload: object) => ({ id: 'e1', type: 'deployment.created', createdAt: 1, payload });

  expect(await eventsOf(vercel(), event({ deployment: { id: 'd1' }, project: { id: 'p1' } }))).toEqual([
    ['e1', 'deployment.created', 'd1'],
  ]);
  expect(await eventsOf(vercel(), event({ project: { id: 'p1' } }))).toEqual([
    ['e1', 'deployment.created', 'p1'],
  ]);
});

agreesWithFormula({
  sample: vercelSample,
  headers: ({ body }, secret) => ({ 'x-vercel-signature': hmac('sha1', secret, body).toString('hex') }),
});
