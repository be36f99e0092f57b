import { parsedJson } from '../../body/parse-body.ts';
import { isObject, isText, lookUp } from '../../body/path.ts';
import { token } from '../../signatures/token.ts';
import type { Verifier } from '../../signatures/verifier.ts';
import type { Verdict } from '../../signatures/verdict.ts';

/**
 * Microsoft Graph: every notification of a body must carry the secret. Data cannot say this: one of the list is not enough, since the others would
 * then be anybody's.
 */
export function clientState(): Verifier {
  const state = token({ name: 'client-state', from: 'header:client-state' });
  return {
    name: 'client-state',
    needsSecret: true,
    async verify(request, secrets, now) {
      const items = lookUp(parsedJson(request.body), 'value');
      if (!Array.isArray(items) || items.length === 0) return { verified: false, cause: 'missing-signature' };
      for (const item of items) {
        const found: unknown = isObject(item) ? item['clientState'] : undefined;
        const presented = { ...request, headers: { 'client-state': isText(found) ? found : '' } };
        const verdict = await state.verify(presented, secrets, now);
        if (!verdict.verified) return verdict;
      }
      return accepted;
    },
  };
}

const accepted: Verdict = { verified: true };
