import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a request, or undefined past the limit. What is beyond it is read and dropped, so that a sender who writes before it
 * reads gets its answer; ten times the limit ends that patience.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size <= maxBytes) pieces.push(piece);
      else pieces.length = 0;
      if (size > 10 * maxBytes) {
        request.pause();
        resolve(undefined);
      }
    });
    request.on('end', () => resolve(size > maxBytes ? undefined : Buffer.concat(pieces)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}
