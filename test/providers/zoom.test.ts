import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { zoom } from '../../functions/providers/zoom/preset.ts';
import { zoomSample } from '../../functions/providers/zoom/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithFormula, hex, seconds } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { answered, ask } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('zoom');

it('all that is sent is the id, its time in it, and the lane the meeting or the call', async () => {
  const body = (object: object) => ({
    event: 'meeting.participant_left',
    event_ts: 1772366400000,
    payload: { account_id: 'a', object },
  });
  const deauthorized = { event: 'app_deauthorized', payload: { user_id: 'u' } };

  expect(
    await eventsOf(zoom(), body({ uuid: 'U==', id: 1, participant: { participant_uuid: 'P1' } })),
  ).toEqual([
    [
      digestOf(body({ uuid: 'U==', id: 1, participant: { participant_uuid: 'P1' } })),
      'meeting.participant_left',
      'U==',
    ],
  ]);
  expect(await eventsOf(zoom(), body({ uuid: 'U==', id: 1, participant: { user_id: '16778240' } }))).toEqual([
    [
      digestOf(body({ uuid: 'U==', id: 1, participant: { user_id: '16778240' } })),
      'meeting.participant_left',
      'U==',
    ],
  ]);
  expect(await eventsOf(zoom(), body({ id: 'w1' }))).toEqual([
    [digestOf(body({ id: 'w1' })), 'meeting.participant_left', 'w1'],
  ]);
  expect(await eventsOf(zoom(), deauthorized)).toEqual([
    [digestOf(deauthorized), 'app_deauthorized', digestOf(deauthorized)],
  ]);
});

describe("Zoom's validation", () => {
  const validation = (plainToken: unknown) =>
    aRequest({
      body: JSON.stringify({ event: 'endpoint.url_validation', event_ts: 1, payload: { plainToken } }),
    });

  it('is answered with the HMAC of its token, once its signature was right', () => {
    const encryptedToken = createHmac('sha256', 'newest').update('qgg8vlvZRS6UYooatFL8Aw').digest('hex');

    expect(ask(zoom(), validation('qgg8vlvZRS6UYooatFL8Aw'), true)).toEqual(
      answered('url-validation', {
        status: 200,
        body: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw', encryptedToken },
      }),
    );
    expect(ask(zoom(), validation('qgg8vlvZRS6UYooatFL8Aw'), false)).toBeUndefined();
  });

  it('is refused where the token could be what is signed of an event', () => {
    expect(ask(zoom(), validation('v0:1772366400:{"event":"meeting.started"}'), true)).toMatchObject({
      kind: 'refused',
    });
  });

  it('is none for events', () => {
    expect(
      ask(zoom(), aRequest({ body: '{"event":"meeting.started","payload":{"plainToken":"a"}}' }), true),
    ).toBeUndefined();
    expect(ask(zoom(), validation({}), true)).toBeUndefined();
  });
});

agreesWithFormula({
  sample: zoomSample,
  headers: ({ body }, secret) => ({
    'x-zm-request-timestamp': seconds,
    'x-zm-signature': `v0=${hex(secret, `v0:${seconds}:`, body)}`,
  }),
});
