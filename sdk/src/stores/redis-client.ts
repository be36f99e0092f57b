/** A client of `ioredis` or of `redis` (node-redis), as far as it is used. */
export type RedisClient =
  | { call(command: string, ...values: string[]): Promise<unknown> }
  | { sendCommand(values: string[]): Promise<unknown> };

export type RedisCommand = (...values: string[]) => Promise<unknown>;

export function commandOf(client: RedisClient): RedisCommand {
  if ('call' in client) return (command = '', ...values) => client.call(command, ...values);
  return (...values) => client.sendCommand(values);
}
