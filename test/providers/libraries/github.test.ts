import { sign, verify } from '@octokit/webhooks-methods';
import { githubSample } from '../../../functions/providers/github/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

agreesWithLibrary({
  name: '@octokit/webhooks-methods',
  sample: githubSample,
  keys: textSecrets,
  sign: async (request, { secret }) => {
    const signature = await sign(secret, Buffer.from(request.body).toString());
    return { ...request, headers: { ...request.headers, 'x-hub-signature-256': signature } };
  },
  accepts: ({ body, headers }, { secret }) =>
    verify(secret, Buffer.from(body).toString(), headers['x-hub-signature-256'] ?? ''),
});
