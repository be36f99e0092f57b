import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Between a client and PostgreSQL: counts round trips by the server's `ReadyForQuery`, which ends each. */
export async function startCountingProxy(port: number) {
  let roundTrips = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
    }
    client.pipe(upstream);
    upstream.pipe(client);
    let rest = Buffer.alloc(0);
    upstream.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      // A message is its type, its length without the type, and that many bytes.
      while (rest.length >= 5 && rest.length >= 1 + rest.readUInt32BE(1)) {
        if (rest[0] === 'Z'.charCodeAt(0)) roundTrips += 1;
        rest = rest.subarray(1 + rest.readUInt32BE(1));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    /** Round trips since the last call. */
    take(): number {
      const taken = roundTrips;
      roundTrips = 0;
      return taken;
    },
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
