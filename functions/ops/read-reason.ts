import * as z from 'zod';

/** What an action's body says: why. Who says so comes from the signature alone, so nothing else is taken. */
const actionBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** Undefined: not JSON, or not just a `reason` of 1 to 500 characters. */
export function readReason(body: string): string | undefined {
  try {
    return actionBody.parse(JSON.parse(body)).reason;
  } catch {
    return undefined;
  }
}
