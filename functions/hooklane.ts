/** The public interface: what `hooklane.config.ts` and handlers import from 'hooklane'. Nothing else of the tree is public. */
export { defineConfig, type ConfigInput } from './sources/define-config.ts';
export { source } from './sources/define-source.ts';
export { bodyHash, joined, joinedWith, type BodyHashOptions } from './sources/event-keys.ts';
export { ConfigError, type Mistake } from './sources/config-error.ts';
export type { Config, ProcessorOptions } from './sources/config.ts';
export type {
  Answer,
  BodyFormat,
  EventOutcome,
  Field,
  Method,
  OrderRules,
  RequestOutcome,
  Retry,
  Source,
  SourceOptions,
  Split,
} from './sources/source.ts';

export { adyen, type AdyenItem } from './sources/presets/adyen.ts';
export { adyenPlatform, type AdyenPlatformEvent } from './sources/presets/adyen-platform.ts';
export { airtable, type AirtableNotification } from './sources/presets/airtable.ts';
export { asana, type AsanaEvent } from './sources/presets/asana.ts';
export { auth0, type Auth0Log } from './sources/presets/auth0.ts';
export { authorizeNet, type AuthorizeNetEvent } from './sources/presets/authorize-net.ts';
export { bitbucket, type BitbucketEvent } from './sources/presets/bitbucket.ts';
export { box, type BoxEvent } from './sources/presets/box.ts';
export { braintree, type BraintreeNotification } from './sources/presets/braintree.ts';
export { brex, type BrexEvent } from './sources/presets/brex.ts';
export { buildkite, type BuildkiteEvent } from './sources/presets/buildkite.ts';
export { calendly, type CalendlyEvent } from './sources/presets/calendly.ts';
export { chargebee, type ChargebeeEvent } from './sources/presets/chargebee.ts';
export { circleci, type CircleciEvent } from './sources/presets/circleci.ts';
export { clerk, type ClerkEvent } from './sources/presets/clerk.ts';
export { cloudEvents, type CloudEvent, type CloudEventsSettings } from './sources/presets/cloud-events.ts';
export { coinbaseCommerce, type CoinbaseCommerceWebhook } from './sources/presets/coinbase-commerce.ts';
export { contentful, type ContentfulResource } from './sources/presets/contentful.ts';
export { datadog, type DatadogAlert } from './sources/presets/datadog.ts';
export { discordEvents, type DiscordEvent } from './sources/presets/discord-events.ts';
export { discordInteractions, type DiscordInteraction } from './sources/presets/discord-interactions.ts';
export { docusign, type DocusignEvent } from './sources/presets/docusign.ts';
export { dropbox, type DropboxNotification } from './sources/presets/dropbox.ts';
export { dropboxSign, type DropboxSignEvent } from './sources/presets/dropbox-sign.ts';
export { figma, type FigmaEvent } from './sources/presets/figma.ts';
export { github, type GithubEvent } from './sources/presets/github.ts';
export { gitlab, type GitlabEvent } from './sources/presets/gitlab.ts';
export { gocardless, type GocardlessEvent } from './sources/presets/gocardless.ts';
export { googlePubsub, type PubsubPush, type PubsubSettings } from './sources/presets/google-pubsub.ts';
export { hubspot } from './sources/presets/hubspot.ts';
export { hubspotV1 } from './sources/presets/hubspot-v1.ts';
export { hubspotV2 } from './sources/presets/hubspot-v2.ts';
export type { HubspotEvent } from './sources/payloads/hubspot.ts';
export { intercom, type IntercomNotification } from './sources/presets/intercom.ts';
export { jira, type JiraEvent } from './sources/presets/jira.ts';
export { klarna, type KlarnaEvent } from './sources/presets/klarna.ts';
export { lemonSqueezy, type LemonSqueezyEvent } from './sources/presets/lemon-squeezy.ts';
export { linear, type LinearEvent } from './sources/presets/linear.ts';
export { mailchimp, type MailchimpEvent } from './sources/presets/mailchimp.ts';
export { mailgun, type MailgunEvent } from './sources/presets/mailgun.ts';
export { mandrill, type MandrillEvent } from './sources/presets/mandrill.ts';
export { meta, type MetaEvent } from './sources/presets/meta.ts';
export { microsoftGraph, type GraphNotification } from './sources/presets/microsoft-graph.ts';
export { mollie, type MollieWakeUp } from './sources/presets/mollie.ts';
export { mollieEvents, type MollieEvent } from './sources/presets/mollie-events.ts';
export { netlify, type NetlifyDeploy } from './sources/presets/netlify.ts';
export { notion, type NotionEvent } from './sources/presets/notion.ts';
export { okta, type OktaEvent } from './sources/presets/okta.ts';
export { openai, type OpenaiEvent } from './sources/presets/openai.ts';
export { paddle, paddleSignature, type PaddleEvent } from './sources/presets/paddle.ts';
export { pagerduty, type PagerdutyEvent } from './sources/presets/pagerduty.ts';
export { paypal, type PaypalEvent, type PaypalSettings } from './sources/presets/paypal.ts';
export { plaid, type PlaidSettings, type PlaidWebhook } from './sources/presets/plaid.ts';
export { postmark, type PostmarkEvent } from './sources/presets/postmark.ts';
export { quickbooks, type QuickbooksChange } from './sources/presets/quickbooks.ts';
export { razorpay, type RazorpayEvent } from './sources/presets/razorpay.ts';
export { recurly, type RecurlyEvent } from './sources/presets/recurly.ts';
export { render, type RenderEvent } from './sources/presets/render.ts';
export { replicate, type ReplicatePrediction } from './sources/presets/replicate.ts';
export { resend, type ResendEvent } from './sources/presets/resend.ts';
export { sendgrid, type SendgridEvent } from './sources/presets/sendgrid.ts';
export { sentry, type SentryEvent } from './sources/presets/sentry.ts';
export { shopify, type ShopifyResource } from './sources/presets/shopify.ts';
export { slack, type SlackEvent } from './sources/presets/slack.ts';
export { sns, type SnsSettings } from './sources/presets/sns.ts';
export { square, type SquareEvent } from './sources/presets/square.ts';
export { standardWebhooks, type StandardWebhook } from './sources/presets/standard-webhooks.ts';
export { stripe, type StripeEvent } from './sources/presets/stripe.ts';
export { stripeThin, type StripeThinEvent } from './sources/presets/stripe-thin.ts';
export { svix, type SvixWebhook } from './sources/presets/svix.ts';
export { telegram, type TelegramUpdate } from './sources/presets/telegram.ts';
export { telnyx, type TelnyxEvent } from './sources/presets/telnyx.ts';
export { trello, type TrelloEvent } from './sources/presets/trello.ts';
export { twilio, type TwilioCallback } from './sources/presets/twilio.ts';
export { twitch, type TwitchNotification } from './sources/presets/twitch.ts';
export { typeform, type TypeformEvent } from './sources/presets/typeform.ts';
export { vercel, type VercelEvent } from './sources/presets/vercel.ts';
export { vonage, type VonageEvent } from './sources/presets/vonage.ts';
export { wise, type WiseEvent } from './sources/presets/wise.ts';
export { woocommerce, type WoocommerceResource } from './sources/presets/woocommerce.ts';
export { workos, type WorkosEvent } from './sources/presets/workos.ts';
export { x, type XEvent } from './sources/presets/x.ts';
export { xero, type XeroEvent } from './sources/presets/xero.ts';
export { zendesk, type ZendeskEvent } from './sources/presets/zendesk.ts';
export { zoom, type ZoomEvent } from './sources/presets/zoom.ts';
export { airwallex, type AirwallexEvent } from './sources/presets/airwallex.ts';
export { attio, type AttioEvent } from './sources/presets/attio.ts';
export { calCom, type CalComEvent } from './sources/presets/cal-com.ts';
export { cashfree, type CashfreeEvent } from './sources/presets/cashfree.ts';
export { checkoutCom, type CheckoutComEvent } from './sources/presets/checkout-com.ts';
export { close, type CloseWebhook } from './sources/presets/close.ts';
export { cursor, type CursorEvent } from './sources/presets/cursor.ts';
export { customerIo, type CustomerIoEvent } from './sources/presets/customer-io.ts';
export { deepgram, type DeepgramCallback } from './sources/presets/deepgram.ts';
export { elevenlabs, type ElevenlabsEvent } from './sources/presets/elevenlabs.ts';
export { eventGrid, type EventGridEvent } from './sources/presets/event-grid.ts';
export { front, type FrontEvent } from './sources/presets/front.ts';
export { fusionauth, type FusionauthWebhook } from './sources/presets/fusionauth.ts';
export { helpScout, type HelpScoutEvent } from './sources/presets/help-scout.ts';
export { lithic, type LithicEvent } from './sources/presets/lithic.ts';
export { livekit, type LivekitEvent } from './sources/presets/livekit.ts';
export { nylas, type NylasEvent } from './sources/presets/nylas.ts';
export { pandadoc, type PandadocEvent } from './sources/presets/pandadoc.ts';
export { retell, type RetellEvent } from './sources/presets/retell.ts';
export { revenuecat, type RevenuecatWebhook } from './sources/presets/revenuecat.ts';
export { revolut, type RevolutEvent } from './sources/presets/revolut.ts';
export { sanity, type SanityDocument } from './sources/presets/sanity.ts';
export { segment, type SegmentCall } from './sources/presets/segment.ts';
export { snyk, type SnykEvent } from './sources/presets/snyk.ts';
export { supabase, type SupabaseHook } from './sources/presets/supabase.ts';
export { teams, type TeamsActivity } from './sources/presets/teams.ts';
export { vapi, type VapiMessage } from './sources/presets/vapi.ts';
export { webflow, type WebflowEvent } from './sources/presets/webflow.ts';
export type { Preset, PresetFacts, PresetWith } from './sources/preset.ts';

export { all, any } from './sources/verify/combine.ts';
export { apiKey } from './sources/verify/api-key.ts';
export { awsIam } from './sources/verify/aws-iam.ts';
export { basic } from './sources/verify/basic.ts';
export { bearer } from './sources/verify/bearer.ts';
export { hmac, type HmacOptions } from './sources/verify/hmac.ts';
export { ipRanges } from './sources/verify/ip-ranges.ts';
export { jwks } from './sources/verify/json-web-key.ts';
export { jwt, type JwtSpec } from './sources/verify/jwt.ts';
export { none } from './sources/verify/none.ts';
export { signature } from './sources/verify/signature.ts';
export type { SignatureSpec } from './sources/verify/signature-spec.ts';
export type { SignatureCause, VerifiableRequest, Verdict, Verifier } from './sources/verify/verifier.ts';

export { publish, PublishError, type Published, type PublishOptions } from './handler-api/publish.ts';
export { forward, type ForwardOptions } from './handler-api/forward.ts';
export { PermanentError, RetryAfter, WaitFor } from './handler-api/errors.ts';
export type {
  Handler,
  HandlerContext,
  Log,
  Result,
  TransactItem,
  WebhookEvent,
} from './handler-api/handler.ts';
