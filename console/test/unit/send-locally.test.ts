import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { sendLocally } from '../../src/event/send-locally.ts';

const stripe = { provider: 'stripe', verify: 'stripe' };
const event = (eventId = 'evt_1') => ({ source: 'billing', eventId });

it('has the bytes signed anew by the preset of the source', () => {
  expect(sendLocally(stripe, event(), true)).toBe(
    'npx hooklane payload billing evt_1 --raw > payload.bin && npx hooklane send stripe --source billing --file payload.bin',
  );
  expect(sendLocally(stripe, event(), false)).toContain('--raw --stack "$STACK" > payload.bin');
});

it('posts to a source that asks for no signature, and says nothing of one that only its sender signs for', () => {
  expect(sendLocally({ verify: 'none' }, event(), true)).toContain('curl -H');
  expect(sendLocally({ verify: 'bearer' }, event(), true)).toBeUndefined();
});

it('posts what was handed on to a subscriber to its source, which alone has an address', () => {
  const handedOn = { source: 'billing.crm', eventId: 'evt_1', subscriberOf: 'billing' };

  expect(sendLocally(stripe, handedOn, true)).toBe(
    'npx hooklane payload billing.crm evt_1 --raw > payload.bin && npx hooklane send stripe --source billing --file payload.bin',
  );
  expect(sendLocally({ verify: 'none' }, handedOn, true)).toMatch(/\/webhooks\/billing$/);
});

it.each(["it's", '$(touch /tmp/owned)', '`id`', 'a b;c', '"', '\n', '../<script>'])(
  'gives a shell the id %j as it is',
  (eventId) => {
    const [read = ''] = (sendLocally(stripe, event(eventId), true) ?? '').split(' --raw');
    const told = read.replace('npx hooklane payload billing ', '');

    expect(execFileSync('sh', ['-c', `printf %s ${told}`], { encoding: 'utf8' })).toBe(eventId);
  },
);
