import type { PresetFacts } from '../preset.ts';
import { cloudEventsSample } from '../samples/cloud-events.ts';
import { githubSample } from '../samples/github.ts';
import { gocardlessSample } from '../samples/gocardless.ts';
import type { Sample } from '../samples/sample.ts';
import { shopifySample } from '../samples/shopify.ts';
import { slackSample } from '../samples/slack.ts';
import { standardWebhooksSample } from '../samples/standard-webhooks.ts';
import { stripeSample } from '../samples/stripe.ts';
import { twilioSample } from '../samples/twilio.ts';
import type { Source } from '../source.ts';
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

export interface CatalogEntry {
  readonly facts: PresetFacts;
  /** As a user would configure it. */
  readonly source: Source;
  /** None where only the provider itself can sign. */
  readonly sample?: Sample;
}

const withSample = (facts: PresetFacts, sample: Sample): CatalogEntry => ({
  facts,
  source: sample.source,
  sample,
});

/** Every preset. For the command line, documentation and tests: a function that imported it would carry all of them. */
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
];
