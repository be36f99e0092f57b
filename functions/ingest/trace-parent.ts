/** https://www.w3.org/TR/trace-context/#traceparent-header */
const validTraceParent = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The sender's `traceparent` where it is a valid one; else that of X-Ray, where it records this very request. */
export function traceParentOf(
  headers: Readonly<Record<string, string>>,
  xRay: string | undefined,
): string | undefined {
  const sent = headers['traceparent'];
  return sent !== undefined && validTraceParent.test(sent) ? sent : fromXRay(xRay);
}

/** `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`, as Lambda says it: the same ids in another form. */
function fromXRay(header = ''): string | undefined {
  const [, epoch, random] = /Root=1-([0-9a-f]{8})-([0-9a-f]{24})/.exec(header) ?? [];
  const [, parent] = /Parent=([0-9a-f]{16})/.exec(header) ?? [];
  if (epoch === undefined || random === undefined || parent === undefined) return undefined;
  return header.includes('Sampled=1') ? `00-${epoch}${random}-${parent}-01` : undefined;
}
