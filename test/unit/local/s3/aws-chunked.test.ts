import { expect, test } from 'vitest';
import { decodeAwsChunked } from '../../../../local/s3/aws-chunked.ts';

const decode = (text: string) => {
  const decoded = decodeAwsChunked(Buffer.from(text, 'latin1'));
  return decoded && { content: decoded.content.toString('latin1'), trailer: decoded.trailer };
};

test('joins the chunks and reads the trailer', () => {
  expect(
    decode('5\r\nhello\r\n1;chunk-signature=ab\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAA==\r\n\r\n'),
  ).toEqual({
    content: 'hello!',
    trailer: { 'x-amz-checksum-crc32': 'AAAA==' },
  });
});

test('does not look for line ends inside a chunk', () => {
  expect(decode('4\r\n\r\n\r\n\r\n0\r\n\r\n')).toEqual({ content: '\r\n\r\n', trailer: {} });
});

test.each([
  '',
  'hello',
  'x\r\nhello\r\n0\r\n\r\n',
  '5\r\nhel',
  '3\r\nhello\r\n0\r\n\r\n',
  '5\r\nhello\r\n',
  '-1\r\n\r\n',
])('refuses %j', (text) => {
  expect(decode(text)).toBeUndefined();
});
