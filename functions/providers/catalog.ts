// Written by `npm run providers`: every folder here that has a preset.ts.
import { withSample, type CatalogEntry } from './catalog-entry.ts';
import { adobeSignHappenings } from './adobe-sign/happenings.ts';
import { adobeSign } from './adobe-sign/preset.ts';
import { adobeSignSample } from './adobe-sign/sample.ts';
import { adyenHappenings } from './adyen/happenings.ts';
import { adyen } from './adyen/preset.ts';
import { adyenSample } from './adyen/sample.ts';
import { adyenPlatformHappenings } from './adyen-platform/happenings.ts';
import { adyenPlatform } from './adyen-platform/preset.ts';
import { adyenPlatformSample } from './adyen-platform/sample.ts';
import { airtableHappenings } from './airtable/happenings.ts';
import { airtable } from './airtable/preset.ts';
import { airtableSample } from './airtable/sample.ts';
import { airwallexHappenings } from './airwallex/happenings.ts';
import { airwallex } from './airwallex/preset.ts';
import { airwallexSample } from './airwallex/sample.ts';
import { asanaHappenings } from './asana/happenings.ts';
import { asana } from './asana/preset.ts';
import { asanaSample } from './asana/sample.ts';
import { attioHappenings } from './attio/happenings.ts';
import { attio } from './attio/preset.ts';
import { attioSample } from './attio/sample.ts';
import { auth0Happenings } from './auth0/happenings.ts';
import { auth0 } from './auth0/preset.ts';
import { auth0Sample } from './auth0/sample.ts';
import { authorizeNetHappenings } from './authorize-net/happenings.ts';
import { authorizeNet } from './authorize-net/preset.ts';
import { authorizeNetSample } from './authorize-net/sample.ts';
import { bitbucketHappenings } from './bitbucket/happenings.ts';
import { bitbucket } from './bitbucket/preset.ts';
import { bitbucketSample } from './bitbucket/sample.ts';
import { boxHappenings } from './box/happenings.ts';
import { box } from './box/preset.ts';
import { boxSample } from './box/sample.ts';
import { braintreeHappenings } from './braintree/happenings.ts';
import { braintree } from './braintree/preset.ts';
import { braintreeSample } from './braintree/sample.ts';
import { brexHappenings } from './brex/happenings.ts';
import { brex } from './brex/preset.ts';
import { brexSample } from './brex/sample.ts';
import { buildkiteHappenings } from './buildkite/happenings.ts';
import { buildkite } from './buildkite/preset.ts';
import { buildkiteSample } from './buildkite/sample.ts';
import { calComHappenings } from './cal-com/happenings.ts';
import { calCom } from './cal-com/preset.ts';
import { calComSample } from './cal-com/sample.ts';
import { calendlyHappenings } from './calendly/happenings.ts';
import { calendly } from './calendly/preset.ts';
import { calendlySample } from './calendly/sample.ts';
import { cashfreeHappenings } from './cashfree/happenings.ts';
import { cashfree } from './cashfree/preset.ts';
import { cashfreeSample } from './cashfree/sample.ts';
import { chargebeeHappenings } from './chargebee/happenings.ts';
import { chargebee } from './chargebee/preset.ts';
import { chargebeeSample } from './chargebee/sample.ts';
import { checkoutComHappenings } from './checkout-com/happenings.ts';
import { checkoutCom } from './checkout-com/preset.ts';
import { checkoutComSample } from './checkout-com/sample.ts';
import { circleciHappenings } from './circleci/happenings.ts';
import { circleci } from './circleci/preset.ts';
import { circleciSample } from './circleci/sample.ts';
import { clerkHappenings } from './clerk/happenings.ts';
import { clerk } from './clerk/preset.ts';
import { clerkSample } from './clerk/sample.ts';
import { closeHappenings } from './close/happenings.ts';
import { close } from './close/preset.ts';
import { closeSample } from './close/sample.ts';
import { cloudEventsHappenings } from './cloud-events/happenings.ts';
import { cloudEvents } from './cloud-events/preset.ts';
import { cloudEventsSample } from './cloud-events/sample.ts';
import { coinbaseCommerceHappenings } from './coinbase-commerce/happenings.ts';
import { coinbaseCommerce } from './coinbase-commerce/preset.ts';
import { coinbaseCommerceSample } from './coinbase-commerce/sample.ts';
import { contentfulHappenings } from './contentful/happenings.ts';
import { contentful } from './contentful/preset.ts';
import { contentfulSample } from './contentful/sample.ts';
import { cursorHappenings } from './cursor/happenings.ts';
import { cursor } from './cursor/preset.ts';
import { cursorSample } from './cursor/sample.ts';
import { customerIoHappenings } from './customer-io/happenings.ts';
import { customerIo } from './customer-io/preset.ts';
import { customerIoSample } from './customer-io/sample.ts';
import { datadogHappenings } from './datadog/happenings.ts';
import { datadog } from './datadog/preset.ts';
import { datadogSample } from './datadog/sample.ts';
import { deepgramHappenings } from './deepgram/happenings.ts';
import { deepgram } from './deepgram/preset.ts';
import { deepgramSample } from './deepgram/sample.ts';
import { discordEventsHappenings } from './discord-events/happenings.ts';
import { discordEvents } from './discord-events/preset.ts';
import { discordEventsSample } from './discord-events/sample.ts';
import { discordInteractionsHappenings } from './discord-interactions/happenings.ts';
import { discordInteractions } from './discord-interactions/preset.ts';
import { discordInteractionsSample } from './discord-interactions/sample.ts';
import { docusignHappenings } from './docusign/happenings.ts';
import { docusign } from './docusign/preset.ts';
import { docusignSample } from './docusign/sample.ts';
import { dropboxHappenings } from './dropbox/happenings.ts';
import { dropbox } from './dropbox/preset.ts';
import { dropboxSample } from './dropbox/sample.ts';
import { dropboxSignHappenings } from './dropbox-sign/happenings.ts';
import { dropboxSign } from './dropbox-sign/preset.ts';
import { dropboxSignSample } from './dropbox-sign/sample.ts';
import { elevenlabsHappenings } from './elevenlabs/happenings.ts';
import { elevenlabs } from './elevenlabs/preset.ts';
import { elevenlabsSample } from './elevenlabs/sample.ts';
import { eventGridHappenings } from './event-grid/happenings.ts';
import { eventGrid } from './event-grid/preset.ts';
import { eventGridSample } from './event-grid/sample.ts';
import { eventbridgeHappenings } from './eventbridge/happenings.ts';
import { eventbridge } from './eventbridge/preset.ts';
import { eventbridgeSample } from './eventbridge/sample.ts';
import { figmaHappenings } from './figma/happenings.ts';
import { figma } from './figma/preset.ts';
import { figmaSample } from './figma/sample.ts';
import { frontHappenings } from './front/happenings.ts';
import { front } from './front/preset.ts';
import { frontSample } from './front/sample.ts';
import { fusionauthHappenings } from './fusionauth/happenings.ts';
import { fusionauth } from './fusionauth/preset.ts';
import { fusionauthSample } from './fusionauth/sample.ts';
import { githubHappenings } from './github/happenings.ts';
import { github } from './github/preset.ts';
import { githubSample } from './github/sample.ts';
import { gitlabHappenings } from './gitlab/happenings.ts';
import { gitlab } from './gitlab/preset.ts';
import { gitlabSample } from './gitlab/sample.ts';
import { gocardlessHappenings } from './gocardless/happenings.ts';
import { gocardless } from './gocardless/preset.ts';
import { gocardlessSample } from './gocardless/sample.ts';
import { googleCalendarHappenings } from './google-calendar/happenings.ts';
import { googleCalendar } from './google-calendar/preset.ts';
import { googleCalendarSample } from './google-calendar/sample.ts';
import { googleDriveHappenings } from './google-drive/happenings.ts';
import { googleDrive } from './google-drive/preset.ts';
import { googleDriveSample } from './google-drive/sample.ts';
import { googlePubsubHappenings } from './google-pubsub/happenings.ts';
import { googlePubsub } from './google-pubsub/preset.ts';
import { googlePubsubExample } from './google-pubsub/example.ts';
import { helpScoutHappenings } from './help-scout/happenings.ts';
import { helpScout } from './help-scout/preset.ts';
import { helpScoutSample } from './help-scout/sample.ts';
import { hubspotHappenings } from './hubspot/happenings.ts';
import { hubspot } from './hubspot/preset.ts';
import { hubspotSample } from './hubspot/sample.ts';
import { hubspotV1Happenings } from './hubspot-v1/happenings.ts';
import { hubspotV1 } from './hubspot-v1/preset.ts';
import { hubspotV1Sample } from './hubspot-v1/sample.ts';
import { hubspotV2Happenings } from './hubspot-v2/happenings.ts';
import { hubspotV2 } from './hubspot-v2/preset.ts';
import { hubspotV2Sample } from './hubspot-v2/sample.ts';
import { intercomHappenings } from './intercom/happenings.ts';
import { intercom } from './intercom/preset.ts';
import { intercomSample } from './intercom/sample.ts';
import { jiraHappenings } from './jira/happenings.ts';
import { jira } from './jira/preset.ts';
import { jiraSample } from './jira/sample.ts';
import { klarnaHappenings } from './klarna/happenings.ts';
import { klarna } from './klarna/preset.ts';
import { klarnaSample } from './klarna/sample.ts';
import { klaviyoHappenings } from './klaviyo/happenings.ts';
import { klaviyo } from './klaviyo/preset.ts';
import { klaviyoSample } from './klaviyo/sample.ts';
import { lemonSqueezyHappenings } from './lemon-squeezy/happenings.ts';
import { lemonSqueezy } from './lemon-squeezy/preset.ts';
import { lemonSqueezySample } from './lemon-squeezy/sample.ts';
import { linearHappenings } from './linear/happenings.ts';
import { linear } from './linear/preset.ts';
import { linearSample } from './linear/sample.ts';
import { lithicHappenings } from './lithic/happenings.ts';
import { lithic } from './lithic/preset.ts';
import { lithicSample } from './lithic/sample.ts';
import { livekitHappenings } from './livekit/happenings.ts';
import { livekit } from './livekit/preset.ts';
import { livekitSample } from './livekit/sample.ts';
import { mailchimpHappenings } from './mailchimp/happenings.ts';
import { mailchimp } from './mailchimp/preset.ts';
import { mailchimpSample } from './mailchimp/sample.ts';
import { mailgunHappenings } from './mailgun/happenings.ts';
import { mailgun } from './mailgun/preset.ts';
import { mailgunSample } from './mailgun/sample.ts';
import { mandrillHappenings } from './mandrill/happenings.ts';
import { mandrill } from './mandrill/preset.ts';
import { mandrillSample } from './mandrill/sample.ts';
import { metaHappenings } from './meta/happenings.ts';
import { meta } from './meta/preset.ts';
import { metaSample } from './meta/sample.ts';
import { microsoftGraphHappenings } from './microsoft-graph/happenings.ts';
import { microsoftGraph } from './microsoft-graph/preset.ts';
import { microsoftGraphSample } from './microsoft-graph/sample.ts';
import { mollieHappenings } from './mollie/happenings.ts';
import { mollie } from './mollie/preset.ts';
import { mollieSample } from './mollie/sample.ts';
import { mollieEventsHappenings } from './mollie-events/happenings.ts';
import { mollieEvents } from './mollie-events/preset.ts';
import { mollieEventsSample } from './mollie-events/sample.ts';
import { mondayHappenings } from './monday/happenings.ts';
import { monday } from './monday/preset.ts';
import { mondaySample } from './monday/sample.ts';
import { nangoHappenings } from './nango/happenings.ts';
import { nango } from './nango/preset.ts';
import { nangoSample } from './nango/sample.ts';
import { netlifyHappenings } from './netlify/happenings.ts';
import { netlify } from './netlify/preset.ts';
import { netlifySample } from './netlify/sample.ts';
import { notionHappenings } from './notion/happenings.ts';
import { notion } from './notion/preset.ts';
import { notionSample } from './notion/sample.ts';
import { nylasHappenings } from './nylas/happenings.ts';
import { nylas } from './nylas/preset.ts';
import { nylasSample } from './nylas/sample.ts';
import { oktaHappenings } from './okta/happenings.ts';
import { okta } from './okta/preset.ts';
import { oktaSample } from './okta/sample.ts';
import { openaiHappenings } from './openai/happenings.ts';
import { openai } from './openai/preset.ts';
import { openaiSample } from './openai/sample.ts';
import { paddleHappenings } from './paddle/happenings.ts';
import { paddle } from './paddle/preset.ts';
import { paddleSample } from './paddle/sample.ts';
import { pagerdutyHappenings } from './pagerduty/happenings.ts';
import { pagerduty } from './pagerduty/preset.ts';
import { pagerdutySample } from './pagerduty/sample.ts';
import { pandadocHappenings } from './pandadoc/happenings.ts';
import { pandadoc } from './pandadoc/preset.ts';
import { pandadocSample } from './pandadoc/sample.ts';
import { paypalHappenings } from './paypal/happenings.ts';
import { paypal } from './paypal/preset.ts';
import { paypalExample } from './paypal/example.ts';
import { plaidHappenings } from './plaid/happenings.ts';
import { plaid } from './plaid/preset.ts';
import { plaidExample } from './plaid/example.ts';
import { postmarkHappenings } from './postmark/happenings.ts';
import { postmark } from './postmark/preset.ts';
import { postmarkSample } from './postmark/sample.ts';
import { quickbooksHappenings } from './quickbooks/happenings.ts';
import { quickbooks } from './quickbooks/preset.ts';
import { quickbooksSample } from './quickbooks/sample.ts';
import { razorpayHappenings } from './razorpay/happenings.ts';
import { razorpay } from './razorpay/preset.ts';
import { razorpaySample } from './razorpay/sample.ts';
import { recurlyHappenings } from './recurly/happenings.ts';
import { recurly } from './recurly/preset.ts';
import { recurlySample } from './recurly/sample.ts';
import { renderHappenings } from './render/happenings.ts';
import { render } from './render/preset.ts';
import { renderSample } from './render/sample.ts';
import { replicateHappenings } from './replicate/happenings.ts';
import { replicate } from './replicate/preset.ts';
import { replicateSample } from './replicate/sample.ts';
import { resendHappenings } from './resend/happenings.ts';
import { resend } from './resend/preset.ts';
import { resendSample } from './resend/sample.ts';
import { retellHappenings } from './retell/happenings.ts';
import { retell } from './retell/preset.ts';
import { retellSample } from './retell/sample.ts';
import { revenuecatHappenings } from './revenuecat/happenings.ts';
import { revenuecat } from './revenuecat/preset.ts';
import { revenuecatSample } from './revenuecat/sample.ts';
import { revolutHappenings } from './revolut/happenings.ts';
import { revolut } from './revolut/preset.ts';
import { revolutSample } from './revolut/sample.ts';
import { sanityHappenings } from './sanity/happenings.ts';
import { sanity } from './sanity/preset.ts';
import { sanitySample } from './sanity/sample.ts';
import { segmentHappenings } from './segment/happenings.ts';
import { segment } from './segment/preset.ts';
import { segmentSample } from './segment/sample.ts';
import { sendgridHappenings } from './sendgrid/happenings.ts';
import { sendgrid } from './sendgrid/preset.ts';
import { sendgridSample } from './sendgrid/sample.ts';
import { sentryHappenings } from './sentry/happenings.ts';
import { sentry } from './sentry/preset.ts';
import { sentrySample } from './sentry/sample.ts';
import { shopifyHappenings } from './shopify/happenings.ts';
import { shopify } from './shopify/preset.ts';
import { shopifySample } from './shopify/sample.ts';
import { slackHappenings } from './slack/happenings.ts';
import { slack } from './slack/preset.ts';
import { slackSample } from './slack/sample.ts';
import { snsHappenings } from './sns/happenings.ts';
import { sns } from './sns/preset.ts';
import { snsExample } from './sns/example.ts';
import { snykHappenings } from './snyk/happenings.ts';
import { snyk } from './snyk/preset.ts';
import { snykSample } from './snyk/sample.ts';
import { squareHappenings } from './square/happenings.ts';
import { square } from './square/preset.ts';
import { squareSample } from './square/sample.ts';
import { standardWebhooksHappenings } from './standard-webhooks/happenings.ts';
import { standardWebhooks } from './standard-webhooks/preset.ts';
import { standardWebhooksSample } from './standard-webhooks/sample.ts';
import { stripeHappenings } from './stripe/happenings.ts';
import { stripe } from './stripe/preset.ts';
import { stripeSample } from './stripe/sample.ts';
import { stripeThinHappenings } from './stripe-thin/happenings.ts';
import { stripeThin } from './stripe-thin/preset.ts';
import { stripeThinSample } from './stripe-thin/sample.ts';
import { supabaseHappenings } from './supabase/happenings.ts';
import { supabase } from './supabase/preset.ts';
import { supabaseSample } from './supabase/sample.ts';
import { svixHappenings } from './svix/happenings.ts';
import { svix } from './svix/preset.ts';
import { svixSample } from './svix/sample.ts';
import { teamsHappenings } from './teams/happenings.ts';
import { teams } from './teams/preset.ts';
import { teamsSample } from './teams/sample.ts';
import { telegramHappenings } from './telegram/happenings.ts';
import { telegram } from './telegram/preset.ts';
import { telegramSample } from './telegram/sample.ts';
import { telnyxHappenings } from './telnyx/happenings.ts';
import { telnyx } from './telnyx/preset.ts';
import { telnyxSample } from './telnyx/sample.ts';
import { trelloHappenings } from './trello/happenings.ts';
import { trello } from './trello/preset.ts';
import { trelloSample } from './trello/sample.ts';
import { twilioHappenings } from './twilio/happenings.ts';
import { twilio } from './twilio/preset.ts';
import { twilioSample } from './twilio/sample.ts';
import { twitchHappenings } from './twitch/happenings.ts';
import { twitch } from './twitch/preset.ts';
import { twitchSample } from './twitch/sample.ts';
import { typeformHappenings } from './typeform/happenings.ts';
import { typeform } from './typeform/preset.ts';
import { typeformSample } from './typeform/sample.ts';
import { vapiHappenings } from './vapi/happenings.ts';
import { vapi } from './vapi/preset.ts';
import { vapiSample } from './vapi/sample.ts';
import { vercelHappenings } from './vercel/happenings.ts';
import { vercel } from './vercel/preset.ts';
import { vercelSample } from './vercel/sample.ts';
import { vonageHappenings } from './vonage/happenings.ts';
import { vonage } from './vonage/preset.ts';
import { vonageSample } from './vonage/sample.ts';
import { webflowHappenings } from './webflow/happenings.ts';
import { webflow } from './webflow/preset.ts';
import { webflowSample } from './webflow/sample.ts';
import { wiseHappenings } from './wise/happenings.ts';
import { wise } from './wise/preset.ts';
import { wiseExample } from './wise/example.ts';
import { woocommerceHappenings } from './woocommerce/happenings.ts';
import { woocommerce } from './woocommerce/preset.ts';
import { woocommerceSample } from './woocommerce/sample.ts';
import { workosHappenings } from './workos/happenings.ts';
import { workos } from './workos/preset.ts';
import { workosSample } from './workos/sample.ts';
import { xHappenings } from './x/happenings.ts';
import { x } from './x/preset.ts';
import { xSample } from './x/sample.ts';
import { xeroHappenings } from './xero/happenings.ts';
import { xero } from './xero/preset.ts';
import { xeroSample } from './xero/sample.ts';
import { zendeskHappenings } from './zendesk/happenings.ts';
import { zendesk } from './zendesk/preset.ts';
import { zendeskSample } from './zendesk/sample.ts';
import { zoomHappenings } from './zoom/happenings.ts';
import { zoom } from './zoom/preset.ts';
import { zoomSample } from './zoom/sample.ts';

/** Every preset, by name. For the command line, documentation and tests: a function that imported it would carry all of them. */
export const catalog: readonly CatalogEntry[] = [
  withSample(adobeSign.facts, adobeSignHappenings, adobeSignSample),
  withSample(adyen.facts, adyenHappenings, adyenSample),
  withSample(adyenPlatform.facts, adyenPlatformHappenings, adyenPlatformSample),
  withSample(airtable.facts, airtableHappenings, airtableSample),
  withSample(airwallex.facts, airwallexHappenings, airwallexSample),
  withSample(asana.facts, asanaHappenings, asanaSample),
  withSample(attio.facts, attioHappenings, attioSample),
  withSample(auth0.facts, auth0Happenings, auth0Sample),
  withSample(authorizeNet.facts, authorizeNetHappenings, authorizeNetSample),
  withSample(bitbucket.facts, bitbucketHappenings, bitbucketSample),
  withSample(box.facts, boxHappenings, boxSample),
  withSample(braintree.facts, braintreeHappenings, braintreeSample),
  withSample(brex.facts, brexHappenings, brexSample),
  withSample(buildkite.facts, buildkiteHappenings, buildkiteSample),
  withSample(calCom.facts, calComHappenings, calComSample),
  withSample(calendly.facts, calendlyHappenings, calendlySample),
  withSample(cashfree.facts, cashfreeHappenings, cashfreeSample),
  withSample(chargebee.facts, chargebeeHappenings, chargebeeSample),
  withSample(checkoutCom.facts, checkoutComHappenings, checkoutComSample),
  withSample(circleci.facts, circleciHappenings, circleciSample),
  withSample(clerk.facts, clerkHappenings, clerkSample),
  withSample(close.facts, closeHappenings, closeSample),
  withSample(cloudEvents.facts, cloudEventsHappenings, cloudEventsSample),
  withSample(coinbaseCommerce.facts, coinbaseCommerceHappenings, coinbaseCommerceSample),
  withSample(contentful.facts, contentfulHappenings, contentfulSample),
  withSample(cursor.facts, cursorHappenings, cursorSample),
  withSample(customerIo.facts, customerIoHappenings, customerIoSample),
  withSample(datadog.facts, datadogHappenings, datadogSample),
  withSample(deepgram.facts, deepgramHappenings, deepgramSample),
  withSample(discordEvents.facts, discordEventsHappenings, discordEventsSample),
  withSample(discordInteractions.facts, discordInteractionsHappenings, discordInteractionsSample),
  withSample(docusign.facts, docusignHappenings, docusignSample),
  withSample(dropbox.facts, dropboxHappenings, dropboxSample),
  withSample(dropboxSign.facts, dropboxSignHappenings, dropboxSignSample),
  withSample(elevenlabs.facts, elevenlabsHappenings, elevenlabsSample),
  withSample(eventGrid.facts, eventGridHappenings, eventGridSample),
  withSample(eventbridge.facts, eventbridgeHappenings, eventbridgeSample),
  withSample(figma.facts, figmaHappenings, figmaSample),
  withSample(front.facts, frontHappenings, frontSample),
  withSample(fusionauth.facts, fusionauthHappenings, fusionauthSample),
  withSample(github.facts, githubHappenings, githubSample),
  withSample(gitlab.facts, gitlabHappenings, gitlabSample),
  withSample(gocardless.facts, gocardlessHappenings, gocardlessSample),
  withSample(googleCalendar.facts, googleCalendarHappenings, googleCalendarSample),
  withSample(googleDrive.facts, googleDriveHappenings, googleDriveSample),
  { facts: googlePubsub.facts, happenings: googlePubsubHappenings, source: googlePubsubExample },
  withSample(helpScout.facts, helpScoutHappenings, helpScoutSample),
  withSample(hubspot.facts, hubspotHappenings, hubspotSample),
  withSample(hubspotV1.facts, hubspotV1Happenings, hubspotV1Sample),
  withSample(hubspotV2.facts, hubspotV2Happenings, hubspotV2Sample),
  withSample(intercom.facts, intercomHappenings, intercomSample),
  withSample(jira.facts, jiraHappenings, jiraSample),
  withSample(klarna.facts, klarnaHappenings, klarnaSample),
  withSample(klaviyo.facts, klaviyoHappenings, klaviyoSample),
  withSample(lemonSqueezy.facts, lemonSqueezyHappenings, lemonSqueezySample),
  withSample(linear.facts, linearHappenings, linearSample),
  withSample(lithic.facts, lithicHappenings, lithicSample),
  withSample(livekit.facts, livekitHappenings, livekitSample),
  withSample(mailchimp.facts, mailchimpHappenings, mailchimpSample),
  withSample(mailgun.facts, mailgunHappenings, mailgunSample),
  withSample(mandrill.facts, mandrillHappenings, mandrillSample),
  withSample(meta.facts, metaHappenings, metaSample),
  withSample(microsoftGraph.facts, microsoftGraphHappenings, microsoftGraphSample),
  withSample(mollie.facts, mollieHappenings, mollieSample),
  withSample(mollieEvents.facts, mollieEventsHappenings, mollieEventsSample),
  withSample(monday.facts, mondayHappenings, mondaySample),
  withSample(nango.facts, nangoHappenings, nangoSample),
  withSample(netlify.facts, netlifyHappenings, netlifySample),
  withSample(notion.facts, notionHappenings, notionSample),
  withSample(nylas.facts, nylasHappenings, nylasSample),
  withSample(okta.facts, oktaHappenings, oktaSample),
  withSample(openai.facts, openaiHappenings, openaiSample),
  withSample(paddle.facts, paddleHappenings, paddleSample),
  withSample(pagerduty.facts, pagerdutyHappenings, pagerdutySample),
  withSample(pandadoc.facts, pandadocHappenings, pandadocSample),
  { facts: paypal.facts, happenings: paypalHappenings, source: paypalExample },
  { facts: plaid.facts, happenings: plaidHappenings, source: plaidExample },
  withSample(postmark.facts, postmarkHappenings, postmarkSample),
  withSample(quickbooks.facts, quickbooksHappenings, quickbooksSample),
  withSample(razorpay.facts, razorpayHappenings, razorpaySample),
  withSample(recurly.facts, recurlyHappenings, recurlySample),
  withSample(render.facts, renderHappenings, renderSample),
  withSample(replicate.facts, replicateHappenings, replicateSample),
  withSample(resend.facts, resendHappenings, resendSample),
  withSample(retell.facts, retellHappenings, retellSample),
  withSample(revenuecat.facts, revenuecatHappenings, revenuecatSample),
  withSample(revolut.facts, revolutHappenings, revolutSample),
  withSample(sanity.facts, sanityHappenings, sanitySample),
  withSample(segment.facts, segmentHappenings, segmentSample),
  withSample(sendgrid.facts, sendgridHappenings, sendgridSample),
  withSample(sentry.facts, sentryHappenings, sentrySample),
  withSample(shopify.facts, shopifyHappenings, shopifySample),
  withSample(slack.facts, slackHappenings, slackSample),
  { facts: sns.facts, happenings: snsHappenings, source: snsExample },
  withSample(snyk.facts, snykHappenings, snykSample),
  withSample(square.facts, squareHappenings, squareSample),
  withSample(standardWebhooks.facts, standardWebhooksHappenings, standardWebhooksSample),
  withSample(stripe.facts, stripeHappenings, stripeSample),
  withSample(stripeThin.facts, stripeThinHappenings, stripeThinSample),
  withSample(supabase.facts, supabaseHappenings, supabaseSample),
  withSample(svix.facts, svixHappenings, svixSample),
  withSample(teams.facts, teamsHappenings, teamsSample),
  withSample(telegram.facts, telegramHappenings, telegramSample),
  withSample(telnyx.facts, telnyxHappenings, telnyxSample),
  withSample(trello.facts, trelloHappenings, trelloSample),
  withSample(twilio.facts, twilioHappenings, twilioSample),
  withSample(twitch.facts, twitchHappenings, twitchSample),
  withSample(typeform.facts, typeformHappenings, typeformSample),
  withSample(vapi.facts, vapiHappenings, vapiSample),
  withSample(vercel.facts, vercelHappenings, vercelSample),
  withSample(vonage.facts, vonageHappenings, vonageSample),
  withSample(webflow.facts, webflowHappenings, webflowSample),
  { facts: wise.facts, happenings: wiseHappenings, source: wiseExample },
  withSample(woocommerce.facts, woocommerceHappenings, woocommerceSample),
  withSample(workos.facts, workosHappenings, workosSample),
  withSample(x.facts, xHappenings, xSample),
  withSample(xero.facts, xeroHappenings, xeroSample),
  withSample(zendesk.facts, zendeskHappenings, zendeskSample),
  withSample(zoom.facts, zoomHappenings, zoomSample),
];
