import { googlePubsub } from './preset.ts';

/** As a user would configure it; no sample, since only the provider itself can sign. */
export const googlePubsubExample = googlePubsub({
  audience: 'https://hooks.example.com/webhooks/google-pubsub',
  serviceAccount: 'pusher@example.iam.gserviceaccount.com',
});
