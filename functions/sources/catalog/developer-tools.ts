import { bitbucket } from '../presets/bitbucket.ts';
import { buildkite } from '../presets/buildkite.ts';
import { circleci } from '../presets/circleci.ts';
import { contentful } from '../presets/contentful.ts';
import { datadog } from '../presets/datadog.ts';
import { gitlab } from '../presets/gitlab.ts';
import { googlePubsub } from '../presets/google-pubsub.ts';
import { jira } from '../presets/jira.ts';
import { microsoftGraph } from '../presets/microsoft-graph.ts';
import { netlify } from '../presets/netlify.ts';
import { pagerduty } from '../presets/pagerduty.ts';
import { sentry } from '../presets/sentry.ts';
import { trello } from '../presets/trello.ts';
import { vercel } from '../presets/vercel.ts';
import { bitbucketSample } from '../samples/bitbucket.ts';
import { buildkiteSample } from '../samples/buildkite.ts';
import { circleciSample } from '../samples/circleci.ts';
import { contentfulSample } from '../samples/contentful.ts';
import { datadogSample } from '../samples/datadog.ts';
import { gitlabSample } from '../samples/gitlab.ts';
import { jiraSample } from '../samples/jira.ts';
import { microsoftGraphSample } from '../samples/microsoft-graph.ts';
import { netlifySample } from '../samples/netlify.ts';
import { pagerdutySample } from '../samples/pagerduty.ts';
import { sentrySample } from '../samples/sentry.ts';
import { trelloSample } from '../samples/trello.ts';
import { vercelSample } from '../samples/vercel.ts';
import { cursor } from '../presets/cursor.ts';
import { cursorSample } from '../samples/cursor.ts';
import { deepgram } from '../presets/deepgram.ts';
import { deepgramSample } from '../samples/deepgram.ts';
import { eventGrid } from '../presets/event-grid.ts';
import { eventGridSample } from '../samples/event-grid.ts';
import { sanity } from '../presets/sanity.ts';
import { sanitySample } from '../samples/sanity.ts';
import { snyk } from '../presets/snyk.ts';
import { snykSample } from '../samples/snyk.ts';
import { webflow } from '../presets/webflow.ts';
import { webflowSample } from '../samples/webflow.ts';
import { withSample, type CatalogEntry } from './entry.ts';

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
