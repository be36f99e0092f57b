import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A private server on 127.0.0.1 with its data in a temporary folder. */
export interface Server {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** As a crash would: SIGKILL. `start` brings it back on the same port and data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type ServerName = 'postgres' | 'mariadb' | 'redis';

const debianPackages: Record<ServerName, string> = {
  postgres: 'postgresql',
  mariadb: 'mariadb-server',
  redis: 'redis-server',
};

const isRoot = process.getuid?.() === 0;

/** Starts the named servers; installs their Debian packages first where they are missing and the user may. */
export async function startServers(
  names: readonly ServerName[],
): Promise<Record<ServerName, Server | undefined>> {
  install(names.filter((name) => binaryOf(name) === undefined));
  const started: Record<ServerName, Server | undefined> = {
    postgres: undefined,
    mariadb: undefined,
    redis: undefined,
  };
  for (const name of names) started[name] = await starters[name]();
  return started;
}

function install(missing: readonly ServerName[]): void {
  if (missing.length === 0) return;
  const packages = missing.map((name) => debianPackages[name]);
  if (!isRoot || !existsSync('/usr/bin/apt-get'))
    throw new Error(`these packages are needed: ${packages.join(' ')}`);
  console.log(`Installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
}

const firstThere = (paths: readonly string[]) => paths.find((path) => existsSync(path));

function binaryOf(name: ServerName): string | undefined {
  switch (name) {
    case 'postgres': {
      const root = '/usr/lib/postgresql';
      const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
      return firstThere(versions.map((version) => join(root, version, 'bin', 'postgres')));
    }
    case 'mariadb':
      return firstThere(['/usr/sbin/mariadbd', '/usr/sbin/mysqld']);
    case 'redis':
      return firstThere(['/usr/bin/redis-server', '/usr/bin/valkey-server']);
  }
}

const starters: Record<ServerName, () => Promise<Server>> = {
  async postgres() {
    const binary = binaryOf('postgres') ?? '';
    const { folder, as } = folderFor('postgres');
    execFileSync(
      ...as(join(binary, '..', 'initdb'), [
        '-D',
        join(folder, 'data'),
        '-U',
        'postgres',
        '--auth=trust',
        '-E',
        'UTF8',
        '--no-sync',
      ]),
      {
        stdio: 'ignore',
        cwd: folder,
      },
    );
    const port = await freePort();
    const flags = [
      '-D',
      join(folder, 'data'),
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      folder,
      '-c',
      'max_connections=200',
    ];
    // SIGINT is PostgreSQL's fast shutdown.
    return serve(
      as(binary, flags),
      folder,
      port,
      `postgres://postgres@127.0.0.1:${port}/postgres`,
      'SIGINT',
      () =>
        // It takes connections while it still recovers from a crash.
        isDone(join(binary, '..', 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]),
    );
  },
  async mariadb() {
    const { folder, as } = folderFor('mysql');
    const data = join(folder, 'data');
    const installer =
      firstThere(['/usr/bin/mariadb-install-db', '/usr/bin/mysql_install_db']) ?? 'mariadb-install-db';
    execFileSync(
      ...as(installer, [
        '--no-defaults',
        `--datadir=${data}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
      ]),
      { stdio: 'ignore', cwd: folder },
    );
    const port = await freePort();
    const flags = [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--innodb-buffer-pool-size=64M',
    ];
    return serve(
      as(binaryOf('mariadb') ?? '', flags),
      folder,
      port,
      `mysql://root@127.0.0.1:${port}/mysql`,
      'SIGTERM',
    );
  },
  async redis() {
    const { folder, as } = folderFor('redis');
    const port = await freePort();
    const flags = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ];
    return serve(as(binaryOf('redis') ?? '', flags), folder, port, `redis://127.0.0.1:${port}`, 'SIGTERM');
  },
};

/** PostgreSQL and MariaDB refuse to run as root: there they run as the user of their Debian package. */
function folderFor(user: string) {
  const folder = mkdtempSync(join(tmpdir(), `consumer-${user}-`));
  if (!isRoot) return { folder, as: (file: string, flags: string[]): [string, string[]] => [file, flags] };
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  chownSync(folder, id('-u'), id('-g'));
  const as = (file: string, flags: string[]): [string, string[]] => [
    'setpriv',
    [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', file, ...flags],
  ];
  return { folder, as };
}

async function serve(
  [file, flags]: [string, string[]],
  folder: string,
  port: number,
  url: string,
  stopSignal: NodeJS.Signals,
  isReady: () => boolean = () => true,
): Promise<Server> {
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const server: Server = {
    port,
    url,
    get pid() {
      return child?.pid ?? 0;
    },
    kill: () => end('SIGKILL'),
    async start() {
      child = spawn(file, flags, { stdio: 'ignore', cwd: folder });
      for (let tries = 0; !((await answers(port)) && isReady()); tries++) {
        if (child.exitCode !== null || tries === 300)
          throw new Error(`${file} ${flags.join(' ')} does not start (user ${userInfo().username})`);
        await sleep(100);
      }
    },
    async stop() {
      await end(stopSignal);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function isDone(file: string, flags: string[]): boolean {
  return spawnSync(file, flags, { stdio: 'ignore' }).status === 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

export async function stopServers(servers: Record<ServerName, Server | undefined>): Promise<void> {
  for (const server of Object.values(servers)) await server?.stop();
}
