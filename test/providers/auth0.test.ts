import { describe, expect, it } from 'vitest';
import { auth0 } from '../../functions/providers/auth0/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('auth0');

describe('its events', () => {
  const login = {
    log_id: '9001',
    data: { type: 's', date: '2020-01-29T17:26:50.193Z', user_id: 'auth0|5c9' },
  };
  const call = { log_id: '9002', data: { type: 'sapi', date: '2020-01-29T17:26:51.193Z' } };

  it('reads arrays and single objects', async () => {
    expect(await eventsOf(auth0(), JSON.stringify([login, call]))).toEqual([
      ['9001', 's', 'auth0|5c9'],
      ['9002', 'sapi', '9002'],
    ]);
    expect(await eventsOf(auth0(), JSON.stringify(login))).toEqual([['9001', 's', 'auth0|5c9']]);
  });

  it('reads lines of JSON, whatever their content type says', async () => {
    const lines = `${JSON.stringify(login)}\n${JSON.stringify(call)}`;
    const both = [
      ['9001', 's', 'auth0|5c9'],
      ['9002', 'sapi', '9002'],
    ];

    expect(await eventsOf(auth0(), lines)).toEqual(both);
    expect(await eventsOf(auth0(), lines, { 'content-type': 'application/x-ndjson' })).toEqual(both);
  });
});

isKnownByToken(auth0(), (authorization) => aRequest({ headers: { authorization } }));
