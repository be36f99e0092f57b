import { describe, expect, it } from 'vitest';
import { auth0 } from '../../../functions/providers/auth0/preset.ts';
import { brex } from '../../../functions/providers/brex/preset.ts';
import { clerk } from '../../../functions/providers/clerk/preset.ts';
import { okta } from '../../../functions/providers/okta/preset.ts';
import { openai } from '../../../functions/providers/openai/preset.ts';
import { render } from '../../../functions/providers/render/preset.ts';
import { replicate } from '../../../functions/providers/replicate/preset.ts';
import { resend } from '../../../functions/providers/resend/preset.ts';
import { svix } from '../../../functions/providers/svix/preset.ts';
import { workos } from '../../../functions/providers/workos/preset.ts';
import type { Source } from '../../../functions/sources/source.ts';
import { eventsOf } from '../events-of.ts';

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

describe('senders of the Standard Webhooks kind', () => {
  const bodies: readonly [string, Source, string, readonly [string, string, string]][] = [
    ['Svix', svix(), '{"type":"user.created"}', ['msg_1', 'user.created', 'msg_1']],
    ['Svix, event types in camel case', svix(), '{"eventType":"a.b"}', ['msg_1', 'a.b', 'msg_1']],
    ['Svix, without a type', svix(), '[1]', ['msg_1', 's', 'msg_1']],
    [
      'Clerk',
      clerk(),
      '{"data":{"id":"sess_1","object":"session","user_id":"user_1"},"object":"event","type":"session.ended"}',
      ['msg_1', 'session.ended', 'sess_1'],
    ],
    [
      'Resend, an email',
      resend(),
      '{"type":"email.bounced","created_at":"2024-11-22T23:41:12.126Z","data":{"email_id":"56761188","to":["a@b.c"]}}',
      ['msg_1', 'email.bounced', '56761188'],
    ],
    [
      'Resend, a contact',
      resend(),
      '{"type":"contact.updated","created_at":"2024-11-22T23:41:12.126Z","data":{"id":"e169aa45","email":"a@b.c"}}',
      ['msg_1', 'contact.updated', 'e169aa45'],
    ],
    [
      'OpenAI',
      openai(),
      '{"object":"event","id":"evt_1","type":"batch.completed","created_at":1719168000,"data":{"id":"batch_1"}}',
      ['msg_2', 'batch.completed', 'batch_1'],
    ],
    [
      'Replicate',
      replicate(),
      '{"id":"ufawqhfynn","version":"5c7d","status":"processing","output":null}',
      ['msg_2', 'processing', 'ufawqhfynn'],
    ],
    [
      'Render',
      render(),
      '{"type":"server_failed","timestamp":"2025-02-01T00:00:00Z","data":{"id":"evt-1","serviceId":"srv-1"}}',
      ['msg_2', 'server_failed', 'srv-1'],
    ],
    [
      'Brex, a transfer',
      brex(),
      '{"event_type":"TRANSFER_FAILED","transfer_id":"ptx_1","company_id":"c1"}',
      ['msg_2', 'TRANSFER_FAILED', 'ptx_1'],
    ],
    [
      'Brex, a user',
      brex(),
      '{"event_type":"USER_UPDATED","user_id":"cuuser_1","company_id":"c1"}',
      ['msg_2', 'USER_UPDATED', 'cuuser_1'],
    ],
  ];

  it.each(bodies)('%s', async (_, source, body, expected) => {
    expect(await eventsOf(source, body, headers)).toEqual([expected]);
  });
});

describe('WorkOS', () => {
  it('orders by what the event is about', async () => {
    const body =
      '{"id":"event_1","event":"connection.activated","data":{"id":"conn_1","updated_at":"2021-06-25T19:07:33.155Z"}}';

    expect(await eventsOf(workos(), body)).toEqual([['event_1', 'connection.activated', 'conn_1']]);
  });
});

describe('Auth0', () => {
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

describe('Okta', () => {
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
});
