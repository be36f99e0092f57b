import { expect, it } from 'vitest';
import { okta } from '../../functions/providers/okta/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { before, tells } from '../support/provider/handshakes.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('okta');

it('reads each event, with a target or without', async () => {
  const body = JSON.stringify({
    eventType: 'com.okta.event_hook',
    data: {
      events: [
        { uuid: 'u1', eventType: 'group.user_membership.add', target: [{ id: '00u1' }, { id: '00g1' }] },
        { uuid: 'u2', eventType: 'user.session.start', target: null },
        { uuid: 'u3', eventType: 'system.log' },
      ],
    },
  });

  expect(await eventsOf(okta(), body)).toEqual([
    ['u1', 'group.user_membership.add', '00u1'],
    ['u2', 'user.session.start', 'u2'],
    ['u3', 'system.log', 'u3'],
  ]);
});

it("Okta's challenge is sent back as JSON", () => {
  const headers = { 'x-okta-verification-challenge': 'Xv2' };

  expect(before(okta(), { method: 'GET', headers })).toMatchObject({
    kind: 'answer',
    answer: { status: 200, body: { verification: 'Xv2' } },
  });
  expect(before(okta(), { method: 'GET' })).toBeUndefined();
});

it('is told what it takes for success', () => tells(okta(), { status: 204 }));

isKnownByToken(okta(), (authorization) => aRequest({ headers: { authorization } }));
