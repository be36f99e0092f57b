import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, type Gzip } from 'node:zlib';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { callAwsJson } from '../local/aws-json.ts';
import { findDynoxide } from '../local/dynamodb/dynoxide.ts';

const put = z.object({ TableName: z.string(), Item: z.record(z.string(), z.unknown()) });
const transaction = z.object({ TransactItems: z.array(z.object({ Put: put })) });

interface ExportFile {
  readonly gzip: Gzip;
  readonly done: Promise<void>;
  /** Not handed to gzip yet, which takes longer for a line by itself than for making it. */
  lines: string;
}
const blockLength = 65_536;

/**
 * Stands where the production code has its database. What that puts is written, without its conditions, as an export of DynamoDB, which the local
 * database imports some hundred times faster than it takes puts.
 */
export class ExportWriter {
  readonly #folder: string;
  readonly #files = new Map<string, ExportFile>();
  written = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'> = {
    send: async (command: { readonly input: unknown }) => {
      const puts =
        command instanceof PutCommand
          ? [put.parse(command.input)]
          : transaction.parse(command.input).TransactItems.map(({ Put }) => Put);
      for (const { TableName, Item } of puts) await this.put(TableName, Item);
      return {};
    },
  };

  async put(table: string, item: Record<string, unknown>): Promise<void> {
    const file = this.#files.get(table) ?? (await this.#open(table));
    const Item = withBase64(marshall(item, { removeUndefinedValues: true }));
    this.written++;
    file.lines += `${JSON.stringify({ Item })}\n`;
    if (file.lines.length < blockLength) return;
    const { gzip, lines } = file;
    file.lines = '';
    if (!gzip.write(lines)) await once(gzip, 'drain');
  }

  /** Makes the file of a database that has the tables of the one at `endpoint`, and what was put. */
  async import(file: string, endpoint: string): Promise<void> {
    const tables = [...this.#files.keys()];
    for (const { gzip, lines } of this.#files.values()) gzip.end(lines);
    await Promise.all([...this.#files.values()].map(({ done }) => done));
    const schema = join(this.#folder, 'schema.json');
    const described = tables.map((TableName) =>
      callAwsJson(endpoint, 'DynamoDB_20120810.DescribeTable', { TableName }),
    );
    await writeFile(schema, JSON.stringify(await Promise.all(described)));
    const args = ['import', '--source', this.#folder, '--schema', schema, '--output', file, '--force'];
    await promisify(execFile)(findDynoxide() ?? 'dynoxide', args);
    await rm(this.#folder, { recursive: true });
  }

  async #open(table: string) {
    const data = join(this.#folder, table, 'data');
    await mkdir(data, { recursive: true });
    const gzip = createGzip({ level: 1 });
    const done = finished(gzip.pipe(createWriteStream(join(data, '1.json.gz'))));
    const file: ExportFile = { gzip, done, lines: '' };
    this.#files.set(table, file);
    return file;
  }
}

/** As bytes are in JSON. */
const withBase64 = (
  item: Readonly<Record<string, { readonly B?: Uint8Array | undefined }>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  );
