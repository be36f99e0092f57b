import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { decodeAwsChunked } from './aws-chunked.ts';
import { openBucketFiles, type BucketFiles } from './bucket-files.ts';
import { listen, stopListening, urlOf } from '../loopback.ts';
import { readBody } from '../read-body.ts';
import { reasonOf } from '../start-error.ts';

export const bucketName = 'hooklane-bodies';

const maxObjectBytes = 64 * 1024 * 1024;

/** As much of S3 as the functions use, path style: PutObject (with If-None-Match: *), GetObject, HeadObject of one bucket. */
export async function startBucket(options: {
  readonly port: number;
  readonly folder: string;
  readonly log: (line: string) => void;
}): Promise<{ readonly url: string; close(): Promise<void> }> {
  const files = await openBucketFiles(options.folder);
  const server = createServer((request, response) => {
    answer(files, request).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        options.log(reasonOf(error));
        send(response, refuse(500, 'InternalError'));
      },
    );
  });
  const port = await listen(server, options.port, 'S3');
  return { url: urlOf(port), close: () => stopListening(server) };
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

async function answer(files: BucketFiles, request: IncomingMessage): Promise<Reply> {
  const [, bucket, ...rest] = (request.url ?? '').replace(/\?.*$/, '').split('/');
  if (bucket !== bucketName) return refuse(404, 'NoSuchBucket');
  const key = decodeKey(rest.join('/'));
  if (key === undefined || key === '') return refuse(400, 'InvalidURI');
  switch (request.method ?? '') {
    case 'PUT':
      return put(files, key, request);
    case 'GET':
      return get(files, key);
    case 'HEAD': {
      // Without a body, which a HEAD answer must not have, errors included.
      const { status, headers, body = '' } = await get(files, key);
      return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } };
    }
    default:
      return refuse(405, 'MethodNotAllowed');
  }
}

async function put(files: BucketFiles, key: string, request: IncomingMessage): Promise<Reply> {
  const condition = request.headers['if-none-match'];
  if (condition !== undefined && condition !== '*') return refuse(501, 'NotImplemented');
  const received = await readBody(request, maxObjectBytes);
  if (received === undefined) return refuse(400, 'EntityTooLarge');
  const isChunked = request.headers['content-encoding']?.includes('aws-chunked') ?? false;
  const decoded = isChunked ? decodeAwsChunked(received) : { content: received, trailer: {} };
  if (decoded === undefined) return refuse(400, 'IncompleteBody');
  const { content, trailer } = decoded;
  const checksum = { ...request.headers, ...trailer }['x-amz-checksum-crc32'];
  if (checksum !== undefined && checksum !== crc32Of(content)) return refuse(400, 'BadDigest');
  const outcome = await files.put(key, content, condition === '*');
  return outcome === 'exists'
    ? refuse(412, 'PreconditionFailed')
    : { status: 200, headers: { etag: etagOf(content) } };
}

async function get(files: BucketFiles, key: string): Promise<Reply> {
  const content = await files.get(key);
  if (content === undefined) return refuse(404, 'NoSuchKey');
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      etag: etagOf(content),
      'x-amz-checksum-crc32': crc32Of(content),
      'x-amz-checksum-type': 'FULL_OBJECT',
    },
    body: content,
  };
}

function decodeKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

const etagOf = (content: Buffer): string => `"${createHash('md5').update(content).digest('hex')}"`;

function crc32Of(content: Buffer): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return sum.toString('base64');
}

const refuse = (status: number, code: string): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, reply.headers).end(reply.body);
}
