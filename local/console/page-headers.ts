/**
 * What a browser may do with the console: load its own files, talk to the operations API beside it, and nothing else. No script that
 * stands in a page runs, whoever wrote it there.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [...policy, "require-trusted-types-for 'script'"].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // The address of the proxy holds a token.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Its library draws markup from text; the only text that it is given is the API's own description. */
export const referenceHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy': policy.join('; '),
};
