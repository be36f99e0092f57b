import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { sendLocally } from '../../src/event/send-locally.ts';

const billing = { source: 'billing', provider: 'stripe', verify: 'stripe' };

it('has the bytes signed anew by the preset of the source', () => {
  expect(sendLocally(billing, 'evt_1', true)).toBe(
    'npx hooklane payload billing evt_1 --raw > payload.bin && npx hooklane send stripe --source billing --file payload.bin',
  );
  expect(sendLocally(billing, 'evt_1', false)).toContain('--raw --stack "$STACK" > payload.bin');
});

it('posts to a source that asks for no signature, and says nothing of one that only its sender signs for', () => {
  expect(sendLocally({ source: 'orders', verify: 'none' }, 'evt_1', true)).toContain('curl -H');
  expect(sendLocally({ source: 'acme', verify: 'bearer' }, 'evt_1', true)).toBeUndefined();
});

it.each(["it's", '$(touch /tmp/owned)', '`id`', 'a b;c', '"', '\n', '../<script>'])(
  'gives a shell the id %j as it is',
  (eventId) => {
    const [read = ''] = (sendLocally(billing, eventId, true) ?? '').split(' --raw');
    const told = read.replace('npx hooklane payload billing ', '');

    expect(execFileSync('sh', ['-c', `printf %s ${told}`], { encoding: 'utf8' })).toBe(eventId);
  },
);
