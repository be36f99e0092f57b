import { describe, expect, it } from 'vitest';
import { cloudEvents } from '../../functions/providers/cloud-events/preset.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('cloud-events');

describe('its events', () => {
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
