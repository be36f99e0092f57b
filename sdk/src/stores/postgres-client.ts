/** The parts of `pg` that are used, as shapes: the package's types do not depend on `@types/pg`. */
export interface PgResult {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- rows are what the caller's statement selects, as in pg
  readonly rows: any[];
  readonly rowCount: number | null;
}

export interface PgClient {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  release(destroy?: boolean | Error): void;
}

export interface PgPool {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  connect(): Promise<PgClient>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(): Promise<void>;
}

/** What a statement object of one's own may send: the interface that pg-cursor and pg-query-stream are built on. */
export interface PgConnection {
  parse(message: { text: string; name?: string; types?: number[] }): void;
  bind(message: {
    portal?: string;
    statement?: string;
    values?: unknown[];
    valueMapper?: (value: unknown) => unknown;
  }): void;
  execute(message: { portal?: string; rows?: number }): void;
  sync(): void;
  readonly stream?: { cork?(): void; uncork?(): void };
}

/** Whether several statements can go out in one packet: the JavaScript client, not pg-native, and not in pipeline mode, which does it itself. */
export function sendsTogether(client: PgClient): boolean {
  const connection = 'connection' in client ? client.connection : undefined;
  const isPipeline = 'pipeline' in client && client.pipeline === true;
  return (
    !isPipeline &&
    typeof connection === 'object' &&
    connection !== null &&
    ['parse', 'bind', 'execute', 'sync'].every((name) => name in connection)
  );
}

interface Submittable {
  callback: (error: Error | null) => void;
  submit(connection: PgConnection): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
  handleCommandComplete(message: { readonly text?: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Sends statements in one round trip: the server runs them in order and skips the rest after an error. Resolves with their command tags
 * (`UPDATE 1`). Values must be null, strings or bytes. Rows are not read.
 */
export function queryTogether(
  client: PgClient,
  statements: readonly { readonly text: string; readonly values?: (string | Uint8Array | null)[] }[],
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const tags: string[] = [];
    const submittable: Submittable = {
      // pg calls it when the connection ends or a query timeout is over.
      callback: (error) => (error === null ? resolve(tags) : reject(error)),
      submit(connection) {
        connection.stream?.cork?.();
        for (const { text, values = [] } of statements) {
          connection.parse({ text, name: '', types: [] });
          connection.bind({
            portal: '',
            statement: '',
            values: values.map((v) => (v instanceof Uint8Array ? Buffer.from(v) : v)),
          });
          connection.execute({ portal: '', rows: 0 });
        }
        connection.sync();
        connection.stream?.uncork?.();
      },
      handleRowDescription: () => undefined,
      handleDataRow: () => undefined,
      handleEmptyQuery: () => undefined,
      handlePortalSuspended: () => undefined,
      handleCommandComplete: ({ text }) => void tags.push(text ?? ''),
      handleReadyForQuery: () => submittable.callback(null),
      handleError: (error) => submittable.callback(error),
    };
    submitTo(client, submittable);
  });
}

/** `query` takes such an object too; the shape above says only what the stores use otherwise. */
function submitTo(client: PgClient, query: Submittable | PgQuery): void {
  const send: unknown = Reflect.get(client, 'query');
  if (typeof send === 'function') Reflect.apply(send, client, [query]);
}

/**
 * `BEGIN` and the handler's first statement in one round trip. Undefined where that cannot be done for this client or statement; then
 * nothing was sent.
 */
export function beginWith(
  client: PgClient,
  text: string,
  values: unknown[] | undefined,
): Promise<PgResult> | undefined {
  const constructor: unknown = client.constructor;
  if (!sendsTogether(client) || !hasQuery(constructor)) return undefined;
  if (values !== undefined && !Array.isArray(values)) return undefined;
  const { Query } = constructor;

  return new Promise((resolve, reject) => {
    // Without values a text may hold several statements, which only the simple protocol takes; it can take BEGIN too.
    const isSimple = values === undefined || values.length === 0;
    const query = isSimple ? new Query(`BEGIN;${text}`) : new Query(text, values);
    query.callback = (error, result) => {
      if (error !== null) reject(error);
      else if (!Array.isArray(result)) resolve(result);
      else resolve(result.length === 2 && result[1] !== undefined ? result[1] : asOne(result.slice(1)));
    };
    if (!isSimple) {
      const submit = query.submit.bind(query);
      const handleCommandComplete = query.handleCommandComplete.bind(query);
      let isBegun = false;
      query.submit = (connection: PgConnection) => {
        connection.stream?.cork?.();
        connection.parse({ text: 'BEGIN', name: '', types: [] });
        connection.bind({ portal: '', statement: '', values: [] });
        connection.execute({ portal: '', rows: 0 });
        const refused: unknown = submit(connection);
        connection.stream?.uncork?.();
        return refused;
      };
      query.handleCommandComplete = (message: unknown, connection: unknown) => {
        if (isBegun) handleCommandComplete(message, connection);
        isBegun = true;
      };
    }
    submitTo(client, query);
  });
}

interface PgQuery {
  callback: (error: Error | null, result: PgResult | PgResult[]) => void;
  submit(connection: PgConnection): unknown;
  handleCommandComplete(message: unknown, connection: unknown): void;
}

function hasQuery(
  constructor: unknown,
): constructor is { Query: new (text: string, values?: unknown[]) => PgQuery } {
  return (
    typeof constructor === 'function' && 'Query' in constructor && typeof constructor.Query === 'function'
  );
}

/** Several statements in one text give a list of results, as they do in pg. */
const asOne = (results: PgResult[]): PgResult => Object.assign(results, { rows: [], rowCount: null });
