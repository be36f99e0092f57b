import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cloudEvents } from '../../functions/providers/cloud-events/preset.ts';
import { github } from '../../functions/providers/github/preset.ts';
import { shopify } from '../../functions/providers/shopify/preset.ts';
import { slack } from '../../functions/providers/slack/preset.ts';
import { eventsOf } from './events-of.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('Slack', () => {
  it('reads slash commands, which are forms', async () => {
    const body = 'team_id=T1&channel_id=C2&command=%2Fdeploy&trigger_id=1.2.abc';

    expect(await eventsOf(slack(), body, form)).toEqual([['1.2.abc', 'command', 'T1/C2']]);
  });

  it('reads interactions, which are JSON in a form', async () => {
    const body = `payload=${encodeURIComponent('{"type":"block_actions","trigger_id":"1.2.x"}')}`;

    expect(await eventsOf(slack(), body, form)).toEqual([['1.2.x', 'block_actions', '1.2.x']]);
  });

  it('reads events outside threads', async () => {
    const body = '{"type":"event_callback","event_id":"Ev1","team_id":"T1","event":{"type":"team_join"}}';

    expect(await eventsOf(slack(), body)).toEqual([['Ev1', 'team_join', 'Ev1']]);
  });
});

describe('GitHub', () => {
  const headers = { 'x-github-event': 'push', 'x-github-delivery': 'd1' };

  it('orders by number within the repository, then by repository, then by organization', async () => {
    const laneOf = async (body: object) =>
      ((await eventsOf(github(), JSON.stringify(body), headers)) as string[][])[0]![2];
    const repository = { id: 5 };

    expect(await laneOf({ repository, pull_request: { number: 3 } })).toBe('5/3');
    expect(await laneOf({ repository, discussion: { number: 4 } })).toBe('5/4');
    expect(await laneOf({ repository })).toBe('5');
    expect(await laneOf({ organization: { id: 9 } })).toBe('organization 9');
    expect(await laneOf({ zen: 'x' })).toBe('d1');
  });

  it('reads form payloads', async () => {
    const body = `payload=${encodeURIComponent('{"repository":{"id":5}}')}`;

    expect(await eventsOf(github(), body, { ...headers, ...form })).toEqual([['d1', 'push', '5']]);
  });

  it('is an event also without a delivery id and an event name, but for what is no object', async () => {
    const at = new Date('2026-03-01T12:34:56Z');
    const id = `${createHash('sha256').update('{}').digest('hex')}/2026-03-01T12:00:00.000Z`;

    expect(await eventsOf(github(), '{}', {}, at)).toEqual([[id, 's', id]]);
    expect(await eventsOf(github(), '{}', { 'x-github-delivery': 'd1' })).toEqual([['d1', 's', 'd1']]);
    expect(await eventsOf(github(), '7', {})).toBe('missing-id');
  });
});

describe('Shopify', () => {
  it('tells what one action of a merchant changes apart, whatever it shares', async () => {
    const of = (delivery: string) => ({
      'x-shopify-event-id': 'e',
      'x-shopify-topic': 'products/update',
      'x-shopify-webhook-id': delivery,
      'x-shopify-shop-domain': 'd',
    });

    expect(await eventsOf(shopify(), '{"id":1}', of('w1'))).toEqual([['w1', 'products/update', 'd/1']]);
    expect(await eventsOf(shopify(), '{"id":2}', of('w2'))).toEqual([['w2', 'products/update', 'd/2']]);
  });

  it('reads the newer events, whose headers have other names', async () => {
    const headers = {
      'shopify-webhook-id': 'w',
      'shopify-topic': 'Order',
      'shopify-handle': 'h',
      'shopify-shop-domain': 'd',
    };

    expect(await eventsOf(shopify(), '{"id":1}', headers)).toEqual([['w', 'Order', 'd/1']]);
  });
});

describe('CloudEvents', () => {
  const source = cloudEvents({ allowedOrigins: [] });
  const one = { specversion: '1.0', id: '1', source: '/a', type: 't', subject: 's1' };

  it('reads the structured, the batched and the binary mode', async () => {
    const structured = { 'content-type': 'application/cloudevents+json' };
    const batched = { 'content-type': 'application/cloudevents-batch+json' };
    const binary = {
      'content-type': 'application/json',
      'ce-id': '1',
      'ce-source': '/a',
      'ce-type': 't',
      'ce-subject': 's1',
    };

    expect(await eventsOf(source, JSON.stringify(one), structured)).toEqual([['/a 1', 't', '/a s1']]);
    expect(await eventsOf(source, JSON.stringify([one, { ...one, id: '2' }]), batched)).toEqual([
      ['/a 1', 't', '/a s1'],
      ['/a 2', 't', '/a s1'],
    ]);
    expect(await eventsOf(source, '[1,2]', binary)).toEqual([['/a 1', 't', '/a s1']]);
    expect(await eventsOf(source, '{"id":"other","source":"/b"}', binary)).toEqual([['/a 1', 't', '/a s1']]);
  });

  it('takes no half of an id that the specification requires, and does without a type', async () => {
    expect(await eventsOf(source, '{"id":"1","type":"t"}')).toEqual([
      [expect.stringMatching(/^[0-9a-f]{64}\//), 't', expect.anything()],
    ]);
    expect(await eventsOf(source, '{"id":"1","source":"/a"}')).toEqual([['/a 1', 's', '/a 1']]);
  });
});
