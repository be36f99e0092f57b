import { bitbucket } from '../bitbucket/preset.ts';
import { buildkite } from '../buildkite/preset.ts';
import { circleci } from '../circleci/preset.ts';
import { contentful } from '../contentful/preset.ts';
import { datadog } from '../datadog/preset.ts';
import { gitlab } from '../gitlab/preset.ts';
import { googlePubsub } from '../google-pubsub/preset.ts';
import { jira } from '../jira/preset.ts';
import { microsoftGraph } from '../microsoft-graph/preset.ts';
import { netlify } from '../netlify/preset.ts';
import { pagerduty } from '../pagerduty/preset.ts';
import { sentry } from '../sentry/preset.ts';
import { trello } from '../trello/preset.ts';
import { vercel } from '../vercel/preset.ts';
import { bitbucketSample } from '../bitbucket/sample.ts';
import { buildkiteSample } from '../buildkite/sample.ts';
import { circleciSample } from '../circleci/sample.ts';
import { contentfulSample } from '../contentful/sample.ts';
import { datadogSample } from '../datadog/sample.ts';
import { gitlabSample } from '../gitlab/sample.ts';
import { jiraSample } from '../jira/sample.ts';
import { microsoftGraphSample } from '../microsoft-graph/sample.ts';
import { netlifySample } from '../netlify/sample.ts';
import { pagerdutySample } from '../pagerduty/sample.ts';
import { sentrySample } from '../sentry/sample.ts';
import { trelloSample } from '../trello/sample.ts';
import { vercelSample } from '../vercel/sample.ts';
import { cursor } from '../cursor/preset.ts';
import { cursorSample } from '../cursor/sample.ts';
import { deepgram } from '../deepgram/preset.ts';
import { deepgramSample } from '../deepgram/sample.ts';
import { eventGrid } from '../event-grid/preset.ts';
import { eventGridSample } from '../event-grid/sample.ts';
import { sanity } from '../sanity/preset.ts';
import { sanitySample } from '../sanity/sample.ts';
import { snyk } from '../snyk/preset.ts';
import { snykSample } from '../snyk/sample.ts';
import { webflow } from '../webflow/preset.ts';
import { webflowSample } from '../webflow/sample.ts';
import { withSample, type CatalogEntry } from '../catalog-entry.ts';

export const developerTools: readonly CatalogEntry[] = [
  withSample(bitbucket.facts, bitbucketSample),
  withSample(buildkite.facts, buildkiteSample),
  withSample(circleci.facts, circleciSample),
  withSample(contentful.facts, contentfulSample),
  withSample(datadog.facts, datadogSample),
  withSample(gitlab.facts, gitlabSample),
  {
    facts: googlePubsub.facts,
    source: googlePubsub({
      audience: 'https://hooks.example.com/webhooks/google-pubsub',
      serviceAccount: 'pusher@example.iam.gserviceaccount.com',
    }),
  },
  withSample(jira.facts, jiraSample),
  withSample(microsoftGraph.facts, microsoftGraphSample),
  withSample(netlify.facts, netlifySample),
  withSample(pagerduty.facts, pagerdutySample),
  withSample(sentry.facts, sentrySample),
  withSample(trello.facts, trelloSample),
  withSample(vercel.facts, vercelSample),
  withSample(cursor.facts, cursorSample),
  withSample(deepgram.facts, deepgramSample),
  withSample(eventGrid.facts, eventGridSample),
  withSample(sanity.facts, sanitySample),
  withSample(snyk.facts, snykSample),
  withSample(webflow.facts, webflowSample),
];
