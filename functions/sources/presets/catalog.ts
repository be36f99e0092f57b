import { chat } from '../catalog/chat.ts';
import { developerTools } from '../catalog/developer-tools.ts';
import { email } from '../catalog/email.ts';
import { withSample, type CatalogEntry } from '../catalog/entry.ts';
import { identity } from '../catalog/identity.ts';
import { payments } from '../catalog/payments.ts';
import { workTools } from '../catalog/work-tools.ts';
import { cloudEventsSample } from '../samples/cloud-events.ts';
import { githubSample } from '../samples/github.ts';
import { gocardlessSample } from '../samples/gocardless.ts';
import { shopifySample } from '../samples/shopify.ts';
import { slackSample } from '../samples/slack.ts';
import { standardWebhooksSample } from '../samples/standard-webhooks.ts';
import { stripeSample } from '../samples/stripe.ts';
import { twilioSample } from '../samples/twilio.ts';
import { cloudEvents } from './cloud-events.ts';
import { github } from './github.ts';
import { gocardless } from './gocardless.ts';
import { plaid } from './plaid.ts';
import { shopify } from './shopify.ts';
import { slack } from './slack.ts';
import { sns } from './sns.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';

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
