import { createServer, type Server } from 'node:http';
import { codeOf, StartError } from './start-error.ts';

/** The only address anything of the local cloud listens on. */
const address = '127.0.0.1';

/** Listens and returns the port, which is a free one where 0 is asked for. Throws `StartError` for a port in use. */
export function listen(server: Server, port: number, what: string): Promise<number> {
  // Longer than clients keep an idle connection, so that none sends into one that is being closed.
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'EADDRINUSE')
        reject(new StartError(`Port ${port} (${what}) is in use. Choose another with --port.`));
      else if (code === 'EACCES')
        reject(new StartError(`Port ${port} (${what}) may not be opened by this user.`));
      else reject(error);
    });
    server.listen(port, address, () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error(`${what} has no port`));
      else resolve(bound.port);
    });
  });
}

export const urlOf = (port: number): string => `http://${address}:${port}`;

export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The preferred port if it is free, else any: endpoints keep their ports from one start to the next where they can. */
export async function freePort(preferred: number): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, preferred, 'probe').catch(() => listen(probe, 0, 'probe'));
  await stopListening(probe);
  return port;
}
