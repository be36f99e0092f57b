/**
 * `npm run test:openapi`: Schemathesis asks a running local cloud for everything that its OpenAPI document describes, rightly and wrongly, and holds
 * each answer to that document. Two of three ids are those of events, lanes and jobs that are there, the others of its own making. Needs Python 3.
 * Its report is printed whole where something failed, else the counts: its last line is one that readers of test reports take for "no test ran".
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startSinkCloud } from '../local/fixtures/sink-cloud.ts';
import { pythonPackage } from '../support/python-package.ts';
import { inhabit, type Inhabitants } from './inhabit.ts';

const limitMs = 8 * 60_000;

const folder = await mkdtemp(join(tmpdir(), 'hooklane-openapi-'));
const bin = await pythonPackage('schemathesis', '4.32.5');
const cloud = await startSinkCloud({ dataFolder: join(folder, 'data') });
try {
  const configFile = join(folder, 'schemathesis.toml');
  const ours = await readFile(join(import.meta.dirname, 'schemathesis.toml'), 'utf8');
  await writeFile(configFile, `${ours}\n${dictionariesOf(await inhabit(cloud))}`);
  const { url } = cloud.cloud;
  const phases = 'examples,coverage,fuzzing';
  const child = spawn(
    join(bin, 'schemathesis'),
    ['--config-file', configFile, 'run', `${url}/ops/openapi.json`, '--url', url, '--phases', phases],
    // What it keeps of its run goes with the folder.
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], timeout: limitMs },
  );
  const [report] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  process.exitCode = child.exitCode ?? 1;
  console.log(child.exitCode === 0 ? countsOf(report) : report);
} finally {
  await cloud.close();
  await rm(folder, { recursive: true });
}

function dictionariesOf({ sources, eventIds, entities, jobs }: Inhabitants): string {
  const values = { source: sources, eventId: eventIds, entity: entities, id: jobs };
  return Object.entries(values)
    .flatMap(([name, texts]) => [
      `[dictionaries.${name}]`,
      `values = ${JSON.stringify(texts)}`,
      `[parameters."path.${name}"]`,
      `dictionary = "${name}"`,
      'probability = 0.67',
    ])
    .join('\n');
}

/** Such as `Tested: 33` and `1533 generated, 1533 passed`. */
function countsOf(report: string): string {
  const counts = report.match(/^ +(Tested: \d+|\d+ generated, .+)$/gm) ?? [];
  return `Schemathesis: operations ${counts.map((line) => line.trim().toLowerCase()).join(', ')}`;
}
