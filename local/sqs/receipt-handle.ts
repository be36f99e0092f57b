import * as z from 'zod';

type Receipt = { queue: string; seq: number; nonce: string };

const receiptSchema = z.tuple([z.string(), z.int(), z.string()]);

/** One receive of one message: opaque to callers, and told from every other receive by its nonce. */
export function receiptHandle({ queue, seq, nonce }: Receipt): string {
  return Buffer.from(JSON.stringify([queue, seq, nonce])).toString('base64url');
}

/** Undefined for anything that no receive ever handed out in this form. */
export function parseReceiptHandle(handle: string): Receipt | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(handle, 'base64url').toString());
  } catch {
    return undefined;
  }
  const receipt = receiptSchema.safeParse(parts);
  if (!receipt.success) return undefined;
  const [queue, seq, nonce] = receipt.data;
  return { queue, seq, nonce };
}
