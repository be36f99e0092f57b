import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { functions, type FunctionName } from '../../functions/runtime/settings.ts';
import { bundleOptions } from '../../functions/config/bundle-options.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** As the construct bundles it. */
async function bundleOf(name: FunctionName, handlers: string): Promise<string> {
  const { outputFiles } = await build({
    ...bundleOptions(name, {
      configFile: join(fixtures, 'one-source.config.ts'),
      handlersFile: join(fixtures, handlers),
    }),
    entryPoints: [functions[name].entry],
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

it.each(['ingest', 'sweeper', 'ops', 'dead-letter', 'ledger-watch'] as const)(
  'a payment library in the handlers changes no byte of %s',
  async (name) => {
    const [without, withLibrary] = [
      await bundleOf(name, 'no-handlers.ts'),
      await bundleOf(name, 'stripe-handlers.ts'),
    ];

    expect(withLibrary === without).toBe(true);
  },
);

it('the processor has it', async () => {
  const [without, withLibrary] = [
    await bundleOf('processor', 'no-handlers.ts'),
    await bundleOf('processor', 'stripe-handlers.ts'),
  ];

  expect(withLibrary.length - without.length).toBeGreaterThan(100_000);
});

it('handlers that throw when they are loaded are in no bundle but the processor', async () => {
  const says = async (name: FunctionName) =>
    (await bundleOf(name, 'throwing-handlers.ts')).includes('no licence was found');

  expect(await says('ingest')).toBe(false);
  expect(await says('processor')).toBe(true);
});
