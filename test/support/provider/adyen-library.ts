import { createRequire } from 'node:module';
import * as fc from 'fast-check';

export type Item = Record<string, unknown> & { additionalData?: Record<string, unknown> };

interface HmacValidator {
  calculateHmac(item: Item, key: string): string;
  validateHMAC(item: Item, key: string): boolean;
  validateHMACSignature(key: string, signature: string, body: string): boolean;
}

const { hmacValidator: Validator } = createRequire(import.meta.url)('@adyen/api-library') as {
  hmacValidator: new () => HmacValidator;
};

export const adyenLibrary = new Validator();

export const hexKeys = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((key) => Buffer.from(key).toString('hex').toUpperCase());
