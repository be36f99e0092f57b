/** What the reasons of the attention list mean, in a line each; the runbook has a section for each. */
export const meanings: Readonly<Record<string, string>> = {
  'attempts-exhausted': 'The handler failed in every attempt.',
  'permanent-error': 'The handler said that no retry can help.',
  'at-most-once': 'The handler failed in a source that runs everything at most once.',
  quarantined: 'The attempt ended without a word: whether it had an effect is not known.',
  'lease-expired': 'The last attempt ended without a word: a timeout, no memory left, or killed.',
  'body-expired': 'It did not run while its body was kept. It cannot run any more.',
  gap: 'What it waited for did not come in time.',
  paused: 'The source is paused for more than a day: its events wait in their lanes until it is resumed.',
  breaker:
    'So many attempts failed in a row that one event at a time is tried; the others wait in their lanes.',
  'not-configured':
    'The configuration does not name this source: its events stay as they are, and nothing runs.',
  'sweeper-late': 'The sweeper is more than five minutes late with this source.',
  'unreadable-item': 'An item of it is not one that this version can read.',
};

export const meaningOf = (reason: string): string => meanings[reason] ?? reason;
