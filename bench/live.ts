/**
 * `npm run bench:live -- --data DIR`: the console's page of events on the ledger that `npm run bench:lists -- --data DIR` has made: how soon its
 * first rows are there, and what it holds of memory and nodes while it is live and signed events come in. Works on a copy of the ledger.
 */
import { copyFile, constants, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type CDPSession } from 'playwright-core';
import { sendSample } from '../cli/sending/send-sample.ts';
import { startCloud } from '../local/start-cloud.ts';
import { sourceNames } from './many-events.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    perSecond: { type: 'string', default: '3' },
  },
});
if (values.data === undefined) throw new Error('--data names a folder that `npm run bench:lists` has filled');
const dataFolder = await mkdtemp(join(tmpdir(), 'hooklane-console-'));
await copyFile(join(values.data, 'tables.db'), join(dataFolder, 'tables.db'), constants.COPYFILE_FICLONE);
const minutes = Number(values.minutes);
const everyMs = 1000 / Number(values.perSecond);

const cloud = await startCloud({
  dataFolder,
  port: 0,
  configFile: `${import.meta.dirname}/many.config.ts`,
  handlersFile: `${import.meta.dirname}/many.handlers.ts`,
  workers: 2,
});
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) throw new Error('There is no Chromium; CHROMIUM names one.');
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const ended = new AbortController();
let sent = 0;
let refused = 0;

try {
  // The first one to ask for it has it built, and the first list starts its function.
  while (!(await (await fetch(`${cloud.url}/console/`)).text()).includes('id="console"')) await sleep(500);
  await untilCaughtUp();

  const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  const eventsPage = `${cloud.url}/console/#/events`;
  for (const from of ['about:blank', 'about:blank', `${cloud.url}/console/#/settings`]) {
    await page.goto(from);
    await sleep(1000);
    const began = performance.now();
    const since = () => `${(performance.now() - began).toFixed(0)} ms`;
    const asked = page.waitForRequest(/ops\/events\?/).then(since);
    const answered = page.waitForResponse(/ops\/events\?/).then(since);
    await page.goto(eventsPage);
    await page.getByRole('link', { name: 'evt-' }).first().waitFor();
    const shown = since();
    console.log(
      `from ${from}: asks for events after ${await asked}, is answered after ${await answered}, ` +
        `shows rows after ${shown}; load ${loads()}`,
    );
  }

  const sending = keepSending();
  const session = await page.context().newCDPSession(page);
  for (let minute = 0; minute <= minutes; minute++) {
    const rows = await page.locator('[data-row]').count();
    const { heapMb, nodes, listeners } = await heldBy(session);
    const newest = await page.locator('[data-row]').first().innerText();
    console.log(
      `minute ${minute}: heap ${heapMb.toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners, ${rows} rows, ` +
        `newest ${newest}; ${sent} sent, ${refused} refused; load ${loads()}`,
    );
    if (minute < minutes) await sleep(60_000);
  }
  ended.abort();
  await sending;
} finally {
  ended.abort();
  await browser.close();
  await cloud.close();
  await rm(dataFolder, { recursive: true });
}

/** The ledger is as old as its folder, and what the sweeper has not been to is asked for minute by minute: it catches up first. */
async function untilCaughtUp(): Promise<void> {
  for (let looks = 0, full = 0; full < 5; looks++) {
    const began = performance.now();
    const answer = await (await fetch(`${cloud.url}/ops/events`)).text();
    const ms = performance.now() - began;
    full = answer.includes('"eventId"') && ms < 1000 ? full + 1 : 0;
    if (full === 5) console.log(`/ops/events by itself: ${ms.toFixed(0)} ms; load ${loads()}`);
    if (looks === 100) throw new Error('the sweeper does not catch up');
    await sleep(2000);
  }
}

async function keepSending(): Promise<void> {
  const real = { fetch: globalThis.fetch, now: () => new Date() };
  while (!ended.signal.aborted) {
    const source = sourceNames[sent % sourceNames.length] ?? 'billing';
    try {
      await sendSample('github', { source, data: dataFolder, header: [] }, real);
    } catch (error) {
      if (refused++ === 0) console.error(error);
    }
    sent++;
    await sleep(everyMs);
  }
}

/** After a collection of garbage, so that what is left is held by something. */
async function heldBy(session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heapMb: usedSize / 1e6, nodes, listeners: jsEventListeners };
}

function loads(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
