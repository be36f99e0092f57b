import { createHash, createHmac } from 'node:crypto';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest();

/**
 * Whether a request, as it arrived, is signed as S3 wants it; written from the description of Signature Version 4, not from the
 * SDK. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function isSignedForS3(
  request: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: Uint8Array },
  secretAccessKey: string,
): boolean {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [, date, region, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      header('authorization'),
    ) ?? [];
  if (!date || !region || !names || !signature) return false;
  if (header('x-amz-content-sha256') !== sha256(request.body)) return false;

  const { pathname, search } = new URL(request.url, 'http://localhost');
  const canonical = [
    request.method,
    pathname,
    search.slice(1),
    ...names.split(';').map((name) => `${name}:${header(name).trim()}`),
    '',
    names,
    header('x-amz-content-sha256'),
  ].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Uint8Array>(
    hmac,
    `AWS4${secretAccessKey}`,
  );
  const expected = hmac(key, ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n'));
  return expected.toString('hex') === signature;
}
