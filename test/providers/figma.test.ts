import { describe, expect, it } from 'vitest';
import { figma } from '../../functions/providers/figma/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { answersPing } from '../support/provider/handshakes.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('figma');

describe('its events', () => {
  const event = { passcode: 'p', webhook_id: 22, timestamp: '2020-02-23T20:27:16Z' };

  it('tells two comments of one second apart', async () => {
    const comment = { ...event, event_type: 'FILE_COMMENT', file_key: 'CL06' };

    expect(await eventsOf(figma(), JSON.stringify({ ...comment, comment_id: '32' }))).toEqual([
      [digestOf({ ...comment, comment_id: '32', passcode: undefined }), 'FILE_COMMENT', 'CL06'],
    ]);
    expect(await eventsOf(figma(), JSON.stringify({ ...comment, comment_id: '33' }))).toEqual([
      [digestOf({ ...comment, comment_id: '33', passcode: undefined }), 'FILE_COMMENT', 'CL06'],
    ]);
  });

  it('reads what is about no file', async () => {
    const body = { ...event, event_type: 'TEAM_EVENT', retries: 2 };
    const id = digestOf({ ...body, passcode: undefined, retries: undefined });

    expect(await eventsOf(figma(), JSON.stringify(body))).toEqual([[id, 'TEAM_EVENT', id]]);
  });
});

it('answers a ping once its sender is known', () => {
  answersPing(figma(), { event_type: 'PING', passcode: 'p' });
});

isKnownByToken(figma(), (passcode) => aRequest({ body: JSON.stringify({ passcode }) }));
