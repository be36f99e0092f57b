import type { Happenings } from '../happenings.ts';

/** Two changes of what one channel watches, and another one of it. */
export function channelHappenings(state: string, other: string): Happenings {
  const change = (number: string, what = state) => ({
    body: '',
    headers: {
      'x-goog-channel-id': 'c',
      'x-goog-message-number': number,
      'x-goog-resource-id': 'r',
      'x-goog-resource-state': what,
    },
  });
  return {
    id: '`X-Goog-Channel-ID` and `X-Goog-Message-Number`',
    differ: 'the number grows from message to message of a channel',
    first: change('10'),
    second: change('11'),
    sameLane: [change('12', other)],
  };
}
