import { BlockList, isIP } from 'node:net';
import type { Verifier } from './verifier.ts';

/**
 * Only from these addresses (`203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`). A condition beside a signature, in `all(…)`, never in place of
 * one: an address says who forwarded a request, not who wrote it.
 */
export function ipRanges(ranges: readonly string[]): Verifier {
  const allowed = new BlockList();
  const problems = ranges.filter((range) => !add(range, allowed)).map((range) => `"${range}" is no IP range`);
  return {
    name: 'ip-ranges',
    needsSecret: false,
    problems: ranges.length === 0 ? ['needs at least one IP range'] : problems,
    verify({ sourceIp = '' }) {
      const family = isIP(sourceIp);
      const isAllowed =
        problems.length === 0 && family !== 0 && allowed.check(sourceIp, `ipv${family === 4 ? 4 : 6}`);
      return isAllowed ? { verified: true } : { verified: false, cause: 'wrong-signature' };
    },
  };
}

function add(range: string, list: BlockList): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  if (family === 0 || length > most) return false;
  list.addSubnet(address, length, `ipv${family === 4 ? 4 : 6}`);
  return true;
}
