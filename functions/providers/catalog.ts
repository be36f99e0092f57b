import { chat } from './catalog/chat.ts';
import { developerTools } from './catalog/developer-tools.ts';
import { email } from './catalog/email.ts';
import { withSample, type CatalogEntry } from './catalog-entry.ts';
import { identity } from './catalog/identity.ts';
import { payments } from './catalog/payments.ts';
import { workTools } from './catalog/work-tools.ts';
import { cloudEventsSample } from './cloud-events/sample.ts';
import { githubSample } from './github/sample.ts';
import { gocardlessSample } from './gocardless/sample.ts';
import { shopifySample } from './shopify/sample.ts';
import { slackSample } from './slack/sample.ts';
import { standardWebhooksSample } from './standard-webhooks/sample.ts';
import { stripeSample } from './stripe/sample.ts';
import { twilioSample } from './twilio/sample.ts';
import { cloudEvents } from './cloud-events/preset.ts';
import { github } from './github/preset.ts';
import { gocardless } from './gocardless/preset.ts';
import { plaid } from './plaid/preset.ts';
import { shopify } from './shopify/preset.ts';
import { slack } from './slack/preset.ts';
import { sns } from './sns/preset.ts';
import { standardWebhooks } from './standard-webhooks/preset.ts';
import { stripe } from './stripe/preset.ts';
import { twilio } from './twilio/preset.ts';

export type { CatalogEntry };

/** Every preset, by name. For the command line, documentation and tests: a function that imported it would carry all of them. */
export const catalog: readonly CatalogEntry[] = [
  withSample(cloudEvents.facts, cloudEventsSample),
  withSample(github.facts, githubSample),
  withSample(gocardless.facts, gocardlessSample),
  { facts: plaid.facts, source: plaid({ environment: 'production' }) },
  withSample(shopify.facts, shopifySample),
  withSample(slack.facts, slackSample),
  { facts: sns.facts, source: sns({ topicArns: ['arn:aws:sns:us-east-1:123456789012:orders'] }) },
  withSample(standardWebhooks.facts, standardWebhooksSample),
  withSample(stripe.facts, stripeSample),
  withSample(twilio.facts, twilioSample),
  ...chat,
  ...developerTools,
  ...email,
  ...identity,
  ...payments,
  ...workTools,
].sort((a, b) => (a.facts.name < b.facts.name ? -1 : 1));
