import { describe, expect, it } from 'vitest';
import { asana } from '../../functions/providers/asana/preset.ts';
import { asanaSample } from '../../functions/providers/asana/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { before, tells } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('asana');

describe('its events', () => {
  const changed = {
    action: 'changed',
    created_at: '2013-08-26T15:18:29.000Z',
    resource: { gid: '1337', resource_type: 'task' },
    change: { field: 'due_at', action: 'changed' },
  };
  const idOf = (event: typeof changed) =>
    `${event.resource.gid}/${event.action}/${event.created_at}/${digestOf(event)}`;

  it('gives an event the id it had, wherever it stands in the body of a retry', async () => {
    const renamed = { ...changed, change: { field: 'name', action: 'changed' } };
    const first = await eventsOf(asana(), JSON.stringify({ events: [changed, renamed] }));
    const again = await eventsOf(asana(), JSON.stringify({ events: [renamed, changed] }));

    expect(first).toEqual([
      [idOf(changed), 'task.changed', '1337'],
      [idOf(renamed), 'task.changed', '1337'],
    ]);
    expect(again).toEqual([
      [idOf(renamed), 'task.changed', '1337'],
      [idOf(changed), 'task.changed', '1337'],
    ]);
  });

  it('takes a heartbeat for no event', async () => {
    expect(await eventsOf(asana(), '{"events":[]}')).toEqual([]);
  });
});

describe("Asana's handing over of its secret", () => {
  const secret = 'b537207f20cbfa02357cf448134da559';

  it('is told from events, and sent back', () => {
    expect(before(asana(), { headers: { 'x-hook-secret': secret } })).toMatchObject({
      kind: 'keep-secret',
      secret,
      answer: { status: 200, headers: { 'x-hook-secret': secret } },
    });
    expect(before(asana(), { headers: { 'x-hook-signature': 'a' }, body: '{"events":[]}' })).toBeUndefined();
  });

  it('is none where the request is signed, and refused where it is too long', () => {
    const signed = { 'x-hook-secret': secret, 'x-hook-signature': 'a' };

    expect(before(asana(), { headers: signed })).toBeUndefined();
    expect(before(asana(), { headers: { 'x-hook-secret': 'a'.repeat(1025) } })).toMatchObject({
      kind: 'refused',
    });
  });
});

it('is told what it takes for success', () => tells(asana(), { status: 200 }));

agreesWithLibrary({
  name: 'the documented formula',
  sample: asanaSample,
  keys: textSecrets,
  sign: (request, { secret }) =>
    withHeaders(request, { 'x-hook-signature': hmac('sha256', secret, request.body).toString('hex') }),
});
