import type { Sample } from '../sample.ts';
import { nango } from './preset.ts';

export const nangoSample: Sample = {
  source: nango(),
  key: { secret: '7aea7cb1-8f0c-4e0e-9d83-6f2a3b1c9e54' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      from: 'nango',
      type: 'auth',
      operation: 'creation',
      connectionId: 'c7b5c0f2',
      authMode: 'OAUTH2',
      providerConfigKey: 'hubspot',
      provider: 'hubspot',
      environment: 'DEV',
      success: true,
      tags: { end_user_id: 'Jürgen' },
    }),
  }),
  events: [{ type: 'auth.creation', lane: 'hubspot/c7b5c0f2' }],
};
