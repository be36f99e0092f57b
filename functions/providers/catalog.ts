// Written by `npm run providers`: every folder here that has a preset.ts.
import { withSample, type CatalogEntry } from './catalog-entry.ts';
import { adobeSign } from './adobe-sign/preset.ts';
import { adobeSignSample } from './adobe-sign/sample.ts';
import { adyen } from './adyen/preset.ts';
import { adyenSample } from './adyen/sample.ts';
import { adyenPlatform } from './adyen-platform/preset.ts';
import { adyenPlatformSample } from './adyen-platform/sample.ts';
import { airtable } from './airtable/preset.ts';
import { airtableSample } from './airtable/sample.ts';
import { airwallex } from './airwallex/preset.ts';
import { airwallexSample } from './airwallex/sample.ts';
import { asana } from './asana/preset.ts';
import { asanaSample } from './asana/sample.ts';
import { attio } from './attio/preset.ts';
import { attioSample } from './attio/sample.ts';
import { auth0 } from './auth0/preset.ts';
import { auth0Sample } from './auth0/sample.ts';
import { authorizeNet } from './authorize-net/preset.ts';
import { authorizeNetSample } from './authorize-net/sample.ts';
import { bitbucket } from './bitbucket/preset.ts';
import { bitbucketSample } from './bitbucket/sample.ts';
import { box } from './box/preset.ts';
import { boxSample } from './box/sample.ts';
import { braintree } from './braintree/preset.ts';
import { braintreeSample } from './braintree/sample.ts';
import { brex } from './brex/preset.ts';
import { brexSample } from './brex/sample.ts';
import { buildkite } from './buildkite/preset.ts';
import { buildkiteSample } from './buildkite/sample.ts';
import { calCom } from './cal-com/preset.ts';
import { calComSample } from './cal-com/sample.ts';
import { calendly } from './calendly/preset.ts';
import { calendlySample } from './calendly/sample.ts';
import { cashfree } from './cashfree/preset.ts';
import { cashfreeSample } from './cashfree/sample.ts';
import { chargebee } from './chargebee/preset.ts';
import { chargebeeSample } from './chargebee/sample.ts';
import { checkoutCom } from './checkout-com/preset.ts';
import { checkoutComSample } from './checkout-com/sample.ts';
import { circleci } from './circleci/preset.ts';
import { circleciSample } from './circleci/sample.ts';
import { clerk } from './clerk/preset.ts';
import { clerkSample } from './clerk/sample.ts';
import { close } from './close/preset.ts';
import { closeSample } from './close/sample.ts';
import { cloudEvents } from './cloud-events/preset.ts';
import { cloudEventsSample } from './cloud-events/sample.ts';
import { coinbaseCommerce } from './coinbase-commerce/preset.ts';
import { coinbaseCommerceSample } from './coinbase-commerce/sample.ts';
import { contentful } from './contentful/preset.ts';
import { contentfulSample } from './contentful/sample.ts';
import { cursor } from './cursor/preset.ts';
import { cursorSample } from './cursor/sample.ts';
import { customerIo } from './customer-io/preset.ts';
import { customerIoSample } from './customer-io/sample.ts';
import { datadog } from './datadog/preset.ts';
import { datadogSample } from './datadog/sample.ts';
import { deepgram } from './deepgram/preset.ts';
import { deepgramSample } from './deepgram/sample.ts';
import { discordEvents } from './discord-events/preset.ts';
import { discordEventsSample } from './discord-events/sample.ts';
import { discordInteractions } from './discord-interactions/preset.ts';
import { discordInteractionsSample } from './discord-interactions/sample.ts';
import { docusign } from './docusign/preset.ts';
import { docusignSample } from './docusign/sample.ts';
import { dropbox } from './dropbox/preset.ts';
import { dropboxSample } from './dropbox/sample.ts';
import { dropboxSign } from './dropbox-sign/preset.ts';
import { dropboxSignSample } from './dropbox-sign/sample.ts';
import { elevenlabs } from './elevenlabs/preset.ts';
import { elevenlabsSample } from './elevenlabs/sample.ts';
import { eventGrid } from './event-grid/preset.ts';
import { eventGridSample } from './event-grid/sample.ts';
import { eventbridge } from './eventbridge/preset.ts';
import { eventbridgeSample } from './eventbridge/sample.ts';
import { figma } from './figma/preset.ts';
import { figmaSample } from './figma/sample.ts';
import { front } from './front/preset.ts';
import { frontSample } from './front/sample.ts';
import { fusionauth } from './fusionauth/preset.ts';
import { fusionauthSample } from './fusionauth/sample.ts';
import { github } from './github/preset.ts';
import { githubSample } from './github/sample.ts';
import { gitlab } from './gitlab/preset.ts';
import { gitlabSample } from './gitlab/sample.ts';
import { gocardless } from './gocardless/preset.ts';
import { gocardlessSample } from './gocardless/sample.ts';
import { googleCalendar } from './google-calendar/preset.ts';
import { googleCalendarSample } from './google-calendar/sample.ts';
import { googleDrive } from './google-drive/preset.ts';
import { googleDriveSample } from './google-drive/sample.ts';
import { googlePubsub } from './google-pubsub/preset.ts';
import { googlePubsubExample } from './google-pubsub/example.ts';
import { helpScout } from './help-scout/preset.ts';
import { helpScoutSample } from './help-scout/sample.ts';
import { hubspot } from './hubspot/preset.ts';
import { hubspotSample } from './hubspot/sample.ts';
import { hubspotV1 } from './hubspot-v1/preset.ts';
import { hubspotV1Sample } from './hubspot-v1/sample.ts';
import { hubspotV2 } from './hubspot-v2/preset.ts';
import { hubspotV2Sample } from './hubspot-v2/sample.ts';
import { intercom } from './intercom/preset.ts';
import { intercomSample } from './intercom/sample.ts';
import { jira } from './jira/preset.ts';
import { jiraSample } from './jira/sample.ts';
import { klarna } from './klarna/preset.ts';
import { klarnaSample } from './klarna/sample.ts';
import { klaviyo } from './klaviyo/preset.ts';
import { klaviyoSample } from './klaviyo/sample.ts';
import { lemonSqueezy } from './lemon-squeezy/preset.ts';
import { lemonSqueezySample } from './lemon-squeezy/sample.ts';
import { linear } from './linear/preset.ts';
import { linearSample } from './linear/sample.ts';
import { lithic } from './lithic/preset.ts';
import { lithicSample } from './lithic/sample.ts';
import { livekit } from './livekit/preset.ts';
import { livekitSample } from './livekit/sample.ts';
import { mailchimp } from './mailchimp/preset.ts';
import { mailchimpSample } from './mailchimp/sample.ts';
import { mailgun } from './mailgun/preset.ts';
import { mailgunSample } from './mailgun/sample.ts';
import { mandrill } from './mandrill/preset.ts';
import { mandrillSample } from './mandrill/sample.ts';
import { meta } from './meta/preset.ts';
import { metaSample } from './meta/sample.ts';
import { microsoftGraph } from './microsoft-graph/preset.ts';
import { microsoftGraphSample } from './microsoft-graph/sample.ts';
import { mollie } from './mollie/preset.ts';
import { mollieSample } from './mollie/sample.ts';
import { mollieEvents } from './mollie-events/preset.ts';
import { mollieEventsSample } from './mollie-events/sample.ts';
import { monday } from './monday/preset.ts';
import { mondaySample } from './monday/sample.ts';
import { nango } from './nango/preset.ts';
import { nangoSample } from './nango/sample.ts';
import { netlify } from './netlify/preset.ts';
import { netlifySample } from './netlify/sample.ts';
import { notion } from './notion/preset.ts';
import { notionSample } from './notion/sample.ts';
import { nylas } from './nylas/preset.ts';
import { nylasSample } from './nylas/sample.ts';
import { okta } from './okta/preset.ts';
import { oktaSample } from './okta/sample.ts';
import { openai } from './openai/preset.ts';
import { openaiSample } from './openai/sample.ts';
import { paddle } from './paddle/preset.ts';
import { paddleSample } from './paddle/sample.ts';
import { pagerduty } from './pagerduty/preset.ts';
import { pagerdutySample } from './pagerduty/sample.ts';
import { pandadoc } from './pandadoc/preset.ts';
import { pandadocSample } from './pandadoc/sample.ts';
import { paypal } from './paypal/preset.ts';
import { paypalExample } from './paypal/example.ts';
import { plaid } from './plaid/preset.ts';
import { plaidExample } from './plaid/example.ts';
import { postmark } from './postmark/preset.ts';
import { postmarkSample } from './postmark/sample.ts';
import { quickbooks } from './quickbooks/preset.ts';
import { quickbooksSample } from './quickbooks/sample.ts';
import { razorpay } from './razorpay/preset.ts';
import { razorpaySample } from './razorpay/sample.ts';
import { recurly } from './recurly/preset.ts';
import { recurlySample } from './recurly/sample.ts';
import { render } from './render/preset.ts';
import { renderSample } from './render/sample.ts';
import { replicate } from './replicate/preset.ts';
import { replicateSample } from './replicate/sample.ts';
import { resend } from './resend/preset.ts';
import { resendSample } from './resend/sample.ts';
import { retell } from './retell/preset.ts';
import { retellSample } from './retell/sample.ts';
import { revenuecat } from './revenuecat/preset.ts';
import { revenuecatSample } from './revenuecat/sample.ts';
import { revolut } from './revolut/preset.ts';
import { revolutSample } from './revolut/sample.ts';
import { sanity } from './sanity/preset.ts';
import { sanitySample } from './sanity/sample.ts';
import { segment } from './segment/preset.ts';
import { segmentSample } from './segment/sample.ts';
import { sendgrid } from './sendgrid/preset.ts';
import { sendgridSample } from './sendgrid/sample.ts';
import { sentry } from './sentry/preset.ts';
import { sentrySample } from './sentry/sample.ts';
import { shopify } from './shopify/preset.ts';
import { shopifySample } from './shopify/sample.ts';
import { slack } from './slack/preset.ts';
import { slackSample } from './slack/sample.ts';
import { sns } from './sns/preset.ts';
import { snsExample } from './sns/example.ts';
import { snyk } from './snyk/preset.ts';
import { snykSample } from './snyk/sample.ts';
import { square } from './square/preset.ts';
import { squareSample } from './square/sample.ts';
import { standardWebhooks } from './standard-webhooks/preset.ts';
import { standardWebhooksSample } from './standard-webhooks/sample.ts';
import { stripe } from './stripe/preset.ts';
import { stripeSample } from './stripe/sample.ts';
import { stripeThin } from './stripe-thin/preset.ts';
import { stripeThinSample } from './stripe-thin/sample.ts';
import { supabase } from './supabase/preset.ts';
import { supabaseSample } from './supabase/sample.ts';
import { svix } from './svix/preset.ts';
import { svixSample } from './svix/sample.ts';
import { teams } from './teams/preset.ts';
import { teamsSample } from './teams/sample.ts';
import { telegram } from './telegram/preset.ts';
import { telegramSample } from './telegram/sample.ts';
import { telnyx } from './telnyx/preset.ts';
import { telnyxSample } from './telnyx/sample.ts';
import { trello } from './trello/preset.ts';
import { trelloSample } from './trello/sample.ts';
import { twilio } from './twilio/preset.ts';
import { twilioSample } from './twilio/sample.ts';
import { twitch } from './twitch/preset.ts';
import { twitchSample } from './twitch/sample.ts';
import { typeform } from './typeform/preset.ts';
import { typeformSample } from './typeform/sample.ts';
import { vapi } from './vapi/preset.ts';
import { vapiSample } from './vapi/sample.ts';
import { vercel } from './vercel/preset.ts';
import { vercelSample } from './vercel/sample.ts';
import { vonage } from './vonage/preset.ts';
import { vonageSample } from './vonage/sample.ts';
import { webflow } from './webflow/preset.ts';
import { webflowSample } from './webflow/sample.ts';
import { wise } from './wise/preset.ts';
import { wiseExample } from './wise/example.ts';
import { woocommerce } from './woocommerce/preset.ts';
import { woocommerceSample } from './woocommerce/sample.ts';
import { workos } from './workos/preset.ts';
import { workosSample } from './workos/sample.ts';
import { x } from './x/preset.ts';
import { xSample } from './x/sample.ts';
import { xero } from './xero/preset.ts';
import { xeroSample } from './xero/sample.ts';
import { zendesk } from './zendesk/preset.ts';
import { zendeskSample } from './zendesk/sample.ts';
import { zoom } from './zoom/preset.ts';
import { zoomSample } from './zoom/sample.ts';

/** Every preset, by name. For the command line, documentation and tests: a function that imported it would carry all of them. */
export const catalog: readonly CatalogEntry[] = [
  withSample(adobeSign.facts, adobeSignSample),
  withSample(adyen.facts, adyenSample),
  withSample(adyenPlatform.facts, adyenPlatformSample),
  withSample(airtable.facts, airtableSample),
  withSample(airwallex.facts, airwallexSample),
  withSample(asana.facts, asanaSample),
  withSample(attio.facts, attioSample),
  withSample(auth0.facts, auth0Sample),
  withSample(authorizeNet.facts, authorizeNetSample),
  withSample(bitbucket.facts, bitbucketSample),
  withSample(box.facts, boxSample),
  withSample(braintree.facts, braintreeSample),
  withSample(brex.facts, brexSample),
  withSample(buildkite.facts, buildkiteSample),
  withSample(calCom.facts, calComSample),
  withSample(calendly.facts, calendlySample),
  withSample(cashfree.facts, cashfreeSample),
  withSample(chargebee.facts, chargebeeSample),
  withSample(checkoutCom.facts, checkoutComSample),
  withSample(circleci.facts, circleciSample),
  withSample(clerk.facts, clerkSample),
  withSample(close.facts, closeSample),
  withSample(cloudEvents.facts, cloudEventsSample),
  withSample(coinbaseCommerce.facts, coinbaseCommerceSample),
  withSample(contentful.facts, contentfulSample),
  withSample(cursor.facts, cursorSample),
  withSample(customerIo.facts, customerIoSample),
  withSample(datadog.facts, datadogSample),
  withSample(deepgram.facts, deepgramSample),
  withSample(discordEvents.facts, discordEventsSample),
  withSample(discordInteractions.facts, discordInteractionsSample),
  withSample(docusign.facts, docusignSample),
  withSample(dropbox.facts, dropboxSample),
  withSample(dropboxSign.facts, dropboxSignSample),
  withSample(elevenlabs.facts, elevenlabsSample),
  withSample(eventGrid.facts, eventGridSample),
  withSample(eventbridge.facts, eventbridgeSample),
  withSample(figma.facts, figmaSample),
  withSample(front.facts, frontSample),
  withSample(fusionauth.facts, fusionauthSample),
  withSample(github.facts, githubSample),
  withSample(gitlab.facts, gitlabSample),
  withSample(gocardless.facts, gocardlessSample),
  withSample(googleCalendar.facts, googleCalendarSample),
  withSample(googleDrive.facts, googleDriveSample),
  { facts: googlePubsub.facts, source: googlePubsubExample },
  withSample(helpScout.facts, helpScoutSample),
  withSample(hubspot.facts, hubspotSample),
  withSample(hubspotV1.facts, hubspotV1Sample),
  withSample(hubspotV2.facts, hubspotV2Sample),
  withSample(intercom.facts, intercomSample),
  withSample(jira.facts, jiraSample),
  withSample(klarna.facts, klarnaSample),
  withSample(klaviyo.facts, klaviyoSample),
  withSample(lemonSqueezy.facts, lemonSqueezySample),
  withSample(linear.facts, linearSample),
  withSample(lithic.facts, lithicSample),
  withSample(livekit.facts, livekitSample),
  withSample(mailchimp.facts, mailchimpSample),
  withSample(mailgun.facts, mailgunSample),
  withSample(mandrill.facts, mandrillSample),
  withSample(meta.facts, metaSample),
  withSample(microsoftGraph.facts, microsoftGraphSample),
  withSample(mollie.facts, mollieSample),
  withSample(mollieEvents.facts, mollieEventsSample),
  withSample(monday.facts, mondaySample),
  withSample(nango.facts, nangoSample),
  withSample(netlify.facts, netlifySample),
  withSample(notion.facts, notionSample),
  withSample(nylas.facts, nylasSample),
  withSample(okta.facts, oktaSample),
  withSample(openai.facts, openaiSample),
  withSample(paddle.facts, paddleSample),
  withSample(pagerduty.facts, pagerdutySample),
  withSample(pandadoc.facts, pandadocSample),
  { facts: paypal.facts, source: paypalExample },
  { facts: plaid.facts, source: plaidExample },
  withSample(postmark.facts, postmarkSample),
  withSample(quickbooks.facts, quickbooksSample),
  withSample(razorpay.facts, razorpaySample),
  withSample(recurly.facts, recurlySample),
  withSample(render.facts, renderSample),
  withSample(replicate.facts, replicateSample),
  withSample(resend.facts, resendSample),
  withSample(retell.facts, retellSample),
  withSample(revenuecat.facts, revenuecatSample),
  withSample(revolut.facts, revolutSample),
  withSample(sanity.facts, sanitySample),
  withSample(segment.facts, segmentSample),
  withSample(sendgrid.facts, sendgridSample),
  withSample(sentry.facts, sentrySample),
  withSample(shopify.facts, shopifySample),
  withSample(slack.facts, slackSample),
  { facts: sns.facts, source: snsExample },
  withSample(snyk.facts, snykSample),
  withSample(square.facts, squareSample),
  withSample(standardWebhooks.facts, standardWebhooksSample),
  withSample(stripe.facts, stripeSample),
  withSample(stripeThin.facts, stripeThinSample),
  withSample(supabase.facts, supabaseSample),
  withSample(svix.facts, svixSample),
  withSample(teams.facts, teamsSample),
  withSample(telegram.facts, telegramSample),
  withSample(telnyx.facts, telnyxSample),
  withSample(trello.facts, trelloSample),
  withSample(twilio.facts, twilioSample),
  withSample(twitch.facts, twitchSample),
  withSample(typeform.facts, typeformSample),
  withSample(vapi.facts, vapiSample),
  withSample(vercel.facts, vercelSample),
  withSample(vonage.facts, vonageSample),
  withSample(webflow.facts, webflowSample),
  { facts: wise.facts, source: wiseExample },
  withSample(woocommerce.facts, woocommerceSample),
  withSample(workos.facts, workosSample),
  withSample(x.facts, xSample),
  withSample(xero.facts, xeroSample),
  withSample(zendesk.facts, zendeskSample),
  withSample(zoom.facts, zoomSample),
];
