import '@shopify/shopify-api/adapters/web-api';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { shopifySample } from '../../../functions/providers/shopify/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

agreesWithLibrary({
  name: '@shopify/shopify-api',
  sample: shopifySample,
  keys: textSecrets,
  accepts: async ({ body, headers }, { secret }) => {
    const { webhooks } = shopifyApi({
      apiKey: 'key',
      apiSecretKey: secret,
      apiVersion: ApiVersion.January26,
      hostName: 'hooks.example.com',
      isEmbeddedApp: false,
      logger: { log: () => undefined },
    });
    const rawBody = Buffer.from(body).toString();
    const rawRequest = new Request('https://hooks.example.com/', {
      method: 'POST',
      headers: { 'x-shopify-api-version': '2026-01', ...headers },
      body: rawBody,
    });
    return (await webhooks.validate({ rawBody, rawRequest })).valid;
  },
});
