/** The parts of `mysql2/promise` that are used, as shapes: the package's types do not depend on it. */
export interface MysqlConnection {
  query(sql: string, values?: unknown): Promise<[unknown, unknown]>;
  release(): void;
  destroy(): void;
}

export interface MysqlPool {
  query(sql: string, values?: unknown): Promise<[unknown, unknown]>;
  getConnection(): Promise<MysqlConnection>;
}

export function affected([result]: readonly [unknown, unknown]): number {
  const rows: unknown =
    typeof result === 'object' && result !== null ? Reflect.get(result, 'affectedRows') : 0;
  return typeof rows === 'number' ? rows : 0;
}

export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** InnoDB undoes one of two statements that wait for each other; what stands alone can simply be tried again. */
export async function retryDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await run();
    } catch (error) {
      const isDeadlock = codeOf(error) === 'ER_LOCK_DEADLOCK' || codeOf(error) === 'ER_CHECKREAD';
      if (!isDeadlock || tries === 9) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    }
  }
}
