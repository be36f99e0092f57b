/**
 * Runs the contract tests against Amazon's DynamoDB Local: fetches it by Maven on first use (into node_modules/.cache), starts it on a
 * free port, and ends it afterwards. Needs `java` (a JDK, 17 or newer) and `mvn`. Arguments go to vitest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/dynamodb-local');
const jars = join(cache, 'lib');
const contractTests = ['test/contract/ledger.test.ts', 'test/component/lane/lane-store.test.ts'];

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>dynamodb-local</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>[2.5,4)</version>
    </dependency>
  </dependencies>
</project>
`;

/** DynamoDB Local's own main class listens on every address; this one on the loopback address alone, on a free port, which it prints. */
const main = `
import com.amazonaws.services.dynamodbv2.local.server.*;
import java.net.*;
import org.eclipse.jetty.server.*;

public class Loopback {
  public static void main(String[] arguments) throws Exception {
    boolean inMemory = true, sharedDb = true, delayTransientStatuses = false;
    var requests = new LocalDynamoDBRequestHandler(0, inMemory, null, sharedDb, delayTransientStatuses);
    var handler = new LocalDynamoDBServerHandler(requests, null);
    var jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    jetty.setHandler(new DynamoDBProxyServer(0, handler).setUpHandler(handler));
    jetty.start();
    System.out.println("port " + ((ServerConnector) jetty.getConnectors()[0]).getLocalPort());
    jetty.join();
  }
}
`;

await fetchOnce();
const server = await start();
try {
  const env = { ...process.env, HOOKLANE_DYNAMODB_ENDPOINT: `http://127.0.0.1:${server.port}` };
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  process.exitCode = await run(
    process.execPath,
    [vitest, 'run', ...contractTests, ...process.argv.slice(2)],
    {
      cwd: root,
      env,
    },
  );
} finally {
  server.stop();
}

async function fetchOnce(): Promise<void> {
  if (existsSync(jars)) return;
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'pom.xml'), pom);
  const unfinished = `${jars}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const goal = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`];
  if ((await run('mvn', goal, { cwd: cache })) !== 0) throw new Error('Maven could not fetch DynamoDB Local');
  await rename(unfinished, jars);
}

async function start(): Promise<{ readonly port: string; stop(): void }> {
  const source = join(cache, 'Loopback.java');
  await writeFile(source, main);
  const flags = [`-Djava.library.path=${jars}`, '-cp', join(jars, '*')];
  const child = spawn('java', [...flags, source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  for await (const line of createInterface(child.stdout)) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { port, stop };
  }
  throw new Error('DynamoDB Local ended before it listened');
}

async function run(command: string, parameters: readonly string[], options: object): Promise<number> {
  const child = spawn(command, parameters, { ...options, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
