/**
 * `npm run bench:console`: Lighthouse's performance of the overview, of a local cloud that has events, with the files that a package brings. An
 * operations console is opened at a desk, so `desktop` is the figure that counts; `mobile`, a slow telephone, stands beside it. `--preset` asks for
 * one of them, `--report DIR` keeps Lighthouse's own pages.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { freePort } from '../../../local/loopback.ts';
import { startCloud } from '../../../local/start-cloud.ts';
import { until } from '../../../test/local/fixtures/until.ts';
import { startBrowser } from './fixtures/browser.ts';
import { startShop } from './fixtures/shop.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, preset: { type: 'string' }, report: { type: 'string' } },
});
const fixtures = join(import.meta.dirname, 'fixtures');
const presets = { desktop: desktopConfig, mobile: undefined } as const;
const shown = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'speed-index',
  'total-blocking-time',
  'cumulative-layout-shift',
] as const;

const dataFolder = await mkdtemp(join(tmpdir(), 'hooklane-console-'));
const shop = await startShop();
const cloud = await startCloud({
  dataFolder,
  port: 0,
  configFile: `${fixtures}/hooklane.config.ts`,
  handlersFile: `${fixtures}/handlers.ts`,
  environment: { SHOP_URL: shop.url },
});
const debuggingPort = await freePort(0);
const browser = await startBrowser([`--remote-debugging-port=${debuggingPort}`]);
try {
  await fill();
  await until(
    async () => (await (await fetch(`${cloud.url}/console/`)).text()).includes('id="console"'),
    'the console is built',
    60_000,
  );
  for (const [preset, config] of Object.entries(presets))
    if ((values.preset ?? preset) === preset) await measure(preset, config);
} finally {
  await browser.close();
  await cloud.close();
  await shop.close();
  await rm(dataFolder, { recursive: true });
}

/** Twelve events that failed and forty that did not: a full attention list, and something to draw. */
async function fill(): Promise<void> {
  const send = (source: string, body: object) =>
    fetch(`${cloud.url}/webhooks/${source}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (let n = 0; n < 12; n++)
    await send('orders', { id: `evt_${n}`, type: 'order.paid', order: `order-${n}` });
  for (let n = 0; n < 40; n++)
    await send('uploads', { id: `evt_${n}`, type: 'parcel.sent', order: `parcel-${n}`, number: 1 });
  await send('billing', { id: 'not signed' });
  await until(async () => {
    const list = (await (await fetch(`${cloud.url}/ops/attention`)).json()) as { items: readonly unknown[] };
    return list.items.length >= 12;
  }, 'the orders have failed');
}

async function measure(preset: string, config: typeof desktopConfig | undefined): Promise<void> {
  const results: Result[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const found = await lighthouse(
      `${cloud.url}/console/`,
      { port: debuggingPort, onlyCategories: ['performance'], output: 'html', logLevel: 'error' },
      config,
    );
    const problem = found?.lhr.runtimeError?.message;
    if (found === undefined || problem !== undefined) {
      console.log(`${preset}: a run without a figure: ${problem ?? 'no result'}`);
      continue;
    }
    results.push(found.lhr);
    if (values.report !== undefined) {
      await mkdir(values.report, { recursive: true });
      await writeFile(join(values.report, `${preset}-${run}.html`), String(found.report));
    }
  }
  const sorted = results.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  const [best] = sorted;
  if (best === undefined) return;
  const metrics = shown.map((id) => `${best.audits[id]?.title}: ${best.audits[id]?.displayValue}`);
  // Other work of the machine counts as blocking of the page, so the best run is the nearest to what the page needs.
  console.log(
    `${preset}: ${scoreOf(best)}, the best of ${sorted.map(scoreOf).join(', ')}\n  ${metrics.join('; ')}`,
  );
}

function scoreOf({ categories }: Result): number {
  return Math.round((categories['performance']?.score ?? 0) * 100);
}
