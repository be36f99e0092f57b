import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { airtable } from '../../../functions/providers/airtable/preset.ts';
import { asana } from '../../../functions/providers/asana/preset.ts';
import { box } from '../../../functions/providers/box/preset.ts';
import { calendly } from '../../../functions/providers/calendly/preset.ts';
import { docusign } from '../../../functions/providers/docusign/preset.ts';
import { dropbox } from '../../../functions/providers/dropbox/preset.ts';
import { dropboxSign } from '../../../functions/providers/dropbox-sign/preset.ts';
import { figma } from '../../../functions/providers/figma/preset.ts';
import { linear } from '../../../functions/providers/linear/preset.ts';
import { notion } from '../../../functions/providers/notion/preset.ts';
import { typeform } from '../../../functions/providers/typeform/preset.ts';
import { eventsOf, otherwise } from '../events-of.ts';

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('Linear', () => {
  it('names an event by its type and action', async () => {
    const headers = { 'linear-delivery': 'd1' };
    const comment = { action: 'create', type: 'Comment', data: { id: 'c1', body: 'Indeed' } };
    const revoked = { type: 'OAuthApp', webhookTimestamp: 1 };

    expect(await eventsOf(linear(), JSON.stringify(comment), headers)).toEqual([
      ['d1', 'Comment.create', 'Comment/c1'],
    ]);
    expect(await eventsOf(linear(), JSON.stringify(revoked), headers)).toEqual([['d1', 'OAuthApp', 'd1']]);
    expect(await eventsOf(linear(), JSON.stringify(comment))).toEqual([
      [otherwise, 'Comment.create', 'Comment/c1'],
    ]);
  });
});

describe('Asana', () => {
  const changed = {
    action: 'changed',
    created_at: '2013-08-26T15:18:29.000Z',
    resource: { gid: '1337', resource_type: 'task' },
    change: { field: 'due_at', action: 'changed' },
  };
  const idOf = (event: typeof changed) =>
    `${event.resource.gid}/${event.action}/${event.created_at}/${hash(event)}`;

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

describe('Notion', () => {
  it('orders by page, also its comments', async () => {
    const body =
      '{"id":"1782edd6","timestamp":"2024-12-05T23:55:34.285Z","type":"comment.created","attempt_number":2,' +
      '"entity":{"id":"1532a6d8","type":"comment"},"data":{"page_id":"0ef104cd"}}';

    expect(await eventsOf(notion(), body)).toEqual([['1782edd6', 'comment.created', '0ef104cd']]);
  });
});

describe('Airtable', () => {
  it('tells notifications apart by their time', async () => {
    const at = (timestamp: string) =>
      JSON.stringify({ base: { id: 'app1' }, webhook: { id: 'ach1' }, timestamp });

    expect(await eventsOf(airtable(), at('2022-02-01T21:25:05.663Z'))).toEqual([
      ['ach1/2022-02-01T21:25:05.663Z', 's', 'ach1'],
    ]);
    expect(await eventsOf(airtable(), at('2022-02-01T21:25:05.664Z'))).toEqual([
      ['ach1/2022-02-01T21:25:05.664Z', 's', 'ach1'],
    ]);
  });
});

describe('Figma', () => {
  const event = { passcode: 'p', webhook_id: 22, timestamp: '2020-02-23T20:27:16Z' };

  it('tells two comments of one second apart', async () => {
    const comment = { ...event, event_type: 'FILE_COMMENT', file_key: 'CL06' };

    expect(await eventsOf(figma(), JSON.stringify({ ...comment, comment_id: '32' }))).toEqual([
      [hash({ ...comment, comment_id: '32', passcode: undefined }), 'FILE_COMMENT', 'CL06'],
    ]);
    expect(await eventsOf(figma(), JSON.stringify({ ...comment, comment_id: '33' }))).toEqual([
      [hash({ ...comment, comment_id: '33', passcode: undefined }), 'FILE_COMMENT', 'CL06'],
    ]);
  });

  it('reads what is about no file', async () => {
    const body = { ...event, event_type: 'TEAM_EVENT', retries: 2 };
    const id = hash({ ...body, passcode: undefined, retries: undefined });

    expect(await eventsOf(figma(), JSON.stringify(body))).toEqual([[id, 'TEAM_EVENT', id]]);
  });
});

describe('Calendly', () => {
  it('orders by invitee', async () => {
    const uri = 'https://api.calendly.com/scheduled_events/AAA/invitees/BBB';
    const body = {
      event: 'invitee.canceled',
      created_at: '2020-11-23T17:51:19.000000Z',
      payload: { uri, status: 'canceled', updated_at: '2020-11-23T17:51:18.341657Z' },
    };

    expect(await eventsOf(calendly(), JSON.stringify(body))).toEqual([
      [`invitee.canceled/${uri.replaceAll('/', '%2F')}/2020-11-23T17:51:19.000000Z`, 'invitee.canceled', uri],
    ]);
  });
});

describe('Typeform', () => {
  it('orders by response', async () => {
    const body =
      '{"event_id":"LtWX","event_type":"form_response","form_response":{"form_id":"lT4","token":"a3a1"}}';

    expect(await eventsOf(typeform(), body)).toEqual([['LtWX', 'form_response', 'a3a1']]);
  });
});

describe('DocuSign', () => {
  const at = '2022-08-01T00:20:40.2730000Z';

  it('gives a retried event the id it had', async () => {
    const sent = (retryCount: number) =>
      JSON.stringify({
        event: 'envelope-sent',
        retryCount,
        generatedDateTime: at,
        data: { envelopeId: 'e1' },
      });

    expect(await eventsOf(docusign(), sent(0))).toEqual([[`e1/envelope-sent/${at}`, 'envelope-sent', 'e1']]);
    expect(await eventsOf(docusign(), sent(2))).toEqual([[`e1/envelope-sent/${at}`, 'envelope-sent', 'e1']]);
  });

  it('tells recipients of one envelope apart', async () => {
    const data = { envelopeId: 'e1', recipientId: '2' };
    const body = JSON.stringify({ event: 'recipient-completed', generatedDateTime: at, data });

    expect(await eventsOf(docusign(), body)).toEqual([
      [`e1/recipient-completed/${at}/2`, 'recipient-completed', 'e1'],
    ]);
  });
});

describe('Dropbox', () => {
  const body = '{"list_folder":{"accounts":["dbid:A","dbid:B"]},"delta":{"users":[1,2]}}';
  const at = (iso: string) => eventsOf(dropbox(), body, {}, new Date(iso));

  it('takes every notification for a new one, since all are alike', async () => {
    expect(await at('2026-03-01T12:00:00.000Z')).toEqual([
      ['dbid:A/2026-03-01T12:00:00.000Z', 's', 'dbid:A'],
      ['dbid:B/2026-03-01T12:00:00.000Z', 's', 'dbid:B'],
    ]);
    expect(await at('2026-03-01T12:00:00.001Z')).toEqual([
      ['dbid:A/2026-03-01T12:00:00.001Z', 's', 'dbid:A'],
      ['dbid:B/2026-03-01T12:00:00.001Z', 's', 'dbid:B'],
    ]);
  });
});

describe('Dropbox Sign', () => {
  const event = { event_time: '1348177752', event_type: 'signature_request_signed', event_hash: '3a31324d' };
  const read = (json: unknown) =>
    eventsOf(dropboxSign(), new URLSearchParams({ json: JSON.stringify(json) }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });

  it('tells requests and signers of one second apart', async () => {
    const signed = (requestId: string, signatureId: string | null) =>
      read({
        event: { ...event, event_metadata: { related_signature_id: signatureId } },
        signature_request: { signature_request_id: requestId },
      });

    expect(await signed('r1', 's1')).toEqual([['3a31324d/r1/s1', event.event_type, 'r1']]);
    expect(await signed('r1', 's2')).toEqual([['3a31324d/r1/s2', event.event_type, 'r1']]);
    expect(await signed('r2', null)).toEqual([['3a31324d/r2', event.event_type, 'r2']]);
  });

  it('reads events of templates and of accounts', async () => {
    expect(await read({ event, template: { template_id: 't1' } })).toEqual([
      ['3a31324d/t1', event.event_type, 't1'],
    ]);
    expect(await read({ event, account: { account_id: 'a1' } })).toEqual([
      [expect.stringMatching(/^3a31324d\/[0-9a-f]{64}$/), event.event_type, expect.anything()],
    ]);
  });
});

describe('Box', () => {
  it('orders by file or folder', async () => {
    const body =
      '{"type":"webhook_event","id":"eb0c4e06","created_at":"2016-07-12T21:33:36-07:00","trigger":"FILE.TRASHED",' +
      '"webhook":{"id":"1564"},"source":{"id":"73835521473","type":"file"}}';

    expect(await eventsOf(box(), body)).toEqual([['eb0c4e06', 'FILE.TRASHED', '73835521473']]);
  });
});
