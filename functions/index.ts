/** The public interface: what `hooklane.config.ts` and handlers import from 'hooklane'. Nothing else of the tree is public. */
export { defineConfig, type ConfigInput } from './config/define-config.ts';
export { source } from './sources/define-source.ts';
export { bodyHash, joined, joinedWith, type BodyHashOptions } from './sources/event-keys.ts';
export { ConfigError, type Mistake } from './config/config-error.ts';
export type { Config, ProcessorOptions } from './config/config.ts';
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

export { adyen, type AdyenItem } from './providers/adyen/preset.ts';
export { adyenPlatform, type AdyenPlatformEvent } from './providers/adyen-platform/preset.ts';
export { airtable, type AirtableNotification } from './providers/airtable/preset.ts';
export { asana, type AsanaEvent } from './providers/asana/preset.ts';
export { auth0, type Auth0Log } from './providers/auth0/preset.ts';
export { authorizeNet, type AuthorizeNetEvent } from './providers/authorize-net/preset.ts';
export { bitbucket, type BitbucketEvent } from './providers/bitbucket/preset.ts';
export { box, type BoxEvent } from './providers/box/preset.ts';
export { braintree, type BraintreeNotification } from './providers/braintree/preset.ts';
export { brex, type BrexEvent } from './providers/brex/preset.ts';
export { buildkite, type BuildkiteEvent } from './providers/buildkite/preset.ts';
export { calendly, type CalendlyEvent } from './providers/calendly/preset.ts';
export { chargebee, type ChargebeeEvent } from './providers/chargebee/preset.ts';
export { circleci, type CircleciEvent } from './providers/circleci/preset.ts';
export { clerk, type ClerkEvent } from './providers/clerk/preset.ts';
export { cloudEvents, type CloudEvent, type CloudEventsSettings } from './providers/cloud-events/preset.ts';
export { coinbaseCommerce, type CoinbaseCommerceWebhook } from './providers/coinbase-commerce/preset.ts';
export { contentful, type ContentfulResource } from './providers/contentful/preset.ts';
export { datadog, type DatadogAlert } from './providers/datadog/preset.ts';
export { discordEvents, type DiscordEvent } from './providers/discord-events/preset.ts';
export { discordInteractions, type DiscordInteraction } from './providers/discord-interactions/preset.ts';
export { docusign, type DocusignEvent } from './providers/docusign/preset.ts';
export { dropbox, type DropboxNotification } from './providers/dropbox/preset.ts';
export { dropboxSign, type DropboxSignEvent } from './providers/dropbox-sign/preset.ts';
export { figma, type FigmaEvent } from './providers/figma/preset.ts';
export { github, type GithubEvent } from './providers/github/preset.ts';
export { gitlab, type GitlabEvent } from './providers/gitlab/preset.ts';
export { gocardless, type GocardlessEvent } from './providers/gocardless/preset.ts';
export { googlePubsub, type PubsubPush, type PubsubSettings } from './providers/google-pubsub/preset.ts';
export { hubspot } from './providers/hubspot/preset.ts';
export { hubspotV1 } from './providers/hubspot-v1/preset.ts';
export { hubspotV2 } from './providers/hubspot-v2/preset.ts';
export type { HubspotEvent } from './providers/hubspot/events.ts';
export { intercom, type IntercomNotification } from './providers/intercom/preset.ts';
export { jira, type JiraEvent } from './providers/jira/preset.ts';
export { klarna, type KlarnaEvent } from './providers/klarna/preset.ts';
export { lemonSqueezy, type LemonSqueezyEvent } from './providers/lemon-squeezy/preset.ts';
export { linear, type LinearEvent } from './providers/linear/preset.ts';
export { mailchimp, type MailchimpEvent } from './providers/mailchimp/preset.ts';
export { mailgun, type MailgunEvent } from './providers/mailgun/preset.ts';
export { mandrill, type MandrillEvent } from './providers/mandrill/preset.ts';
export { meta, type MetaEvent } from './providers/meta/preset.ts';
export { microsoftGraph, type GraphNotification } from './providers/microsoft-graph/preset.ts';
export { mollie, type MollieWakeUp } from './providers/mollie/preset.ts';
export { mollieEvents, type MollieEvent } from './providers/mollie-events/preset.ts';
export { netlify, type NetlifyDeploy } from './providers/netlify/preset.ts';
export { notion, type NotionEvent } from './providers/notion/preset.ts';
export { okta, type OktaEvent } from './providers/okta/preset.ts';
export { openai, type OpenaiEvent } from './providers/openai/preset.ts';
export { paddle, paddleSignature, type PaddleEvent } from './providers/paddle/preset.ts';
export { pagerduty, type PagerdutyEvent } from './providers/pagerduty/preset.ts';
export { paypal, type PaypalEvent, type PaypalSettings } from './providers/paypal/preset.ts';
export { plaid, type PlaidSettings, type PlaidWebhook } from './providers/plaid/preset.ts';
export { postmark, type PostmarkEvent } from './providers/postmark/preset.ts';
export { quickbooks, type QuickbooksChange } from './providers/quickbooks/preset.ts';
export { razorpay, type RazorpayEvent } from './providers/razorpay/preset.ts';
export { recurly, type RecurlyEvent } from './providers/recurly/preset.ts';
export { render, type RenderEvent } from './providers/render/preset.ts';
export { replicate, type ReplicatePrediction } from './providers/replicate/preset.ts';
export { resend, type ResendEvent } from './providers/resend/preset.ts';
export { sendgrid, type SendgridEvent } from './providers/sendgrid/preset.ts';
export { sentry, type SentryEvent } from './providers/sentry/preset.ts';
export { shopify, type ShopifyResource } from './providers/shopify/preset.ts';
export { slack, type SlackEvent } from './providers/slack/preset.ts';
export { sns, type SnsSettings } from './providers/sns/preset.ts';
export { square, type SquareEvent } from './providers/square/preset.ts';
export { standardWebhooks, type StandardWebhook } from './providers/standard-webhooks/preset.ts';
export { stripe, type StripeEvent } from './providers/stripe/preset.ts';
export { stripeThin, type StripeThinEvent } from './providers/stripe-thin/preset.ts';
export { svix, type SvixWebhook } from './providers/svix/preset.ts';
export { telegram, type TelegramUpdate } from './providers/telegram/preset.ts';
export { telnyx, type TelnyxEvent } from './providers/telnyx/preset.ts';
export { trello, type TrelloEvent } from './providers/trello/preset.ts';
export { twilio, type TwilioCallback } from './providers/twilio/preset.ts';
export { twitch, type TwitchNotification } from './providers/twitch/preset.ts';
export { typeform, type TypeformEvent } from './providers/typeform/preset.ts';
export { vercel, type VercelEvent } from './providers/vercel/preset.ts';
export { vonage, type VonageEvent } from './providers/vonage/preset.ts';
export { wise, type WiseEvent } from './providers/wise/preset.ts';
export { woocommerce, type WoocommerceResource } from './providers/woocommerce/preset.ts';
export { workos, type WorkosEvent } from './providers/workos/preset.ts';
export { x, type XEvent } from './providers/x/preset.ts';
export { xero, type XeroEvent } from './providers/xero/preset.ts';
export { zendesk, type ZendeskEvent } from './providers/zendesk/preset.ts';
export { zoom, type ZoomEvent } from './providers/zoom/preset.ts';
export { airwallex, type AirwallexEvent } from './providers/airwallex/preset.ts';
export { attio, type AttioEvent } from './providers/attio/preset.ts';
export { calCom, type CalComEvent } from './providers/cal-com/preset.ts';
export { cashfree, type CashfreeEvent } from './providers/cashfree/preset.ts';
export { checkoutCom, type CheckoutComEvent } from './providers/checkout-com/preset.ts';
export { close, type CloseWebhook } from './providers/close/preset.ts';
export { cursor, type CursorEvent } from './providers/cursor/preset.ts';
export { customerIo, type CustomerIoEvent } from './providers/customer-io/preset.ts';
export { deepgram, type DeepgramCallback } from './providers/deepgram/preset.ts';
export { elevenlabs, type ElevenlabsEvent } from './providers/elevenlabs/preset.ts';
export { eventGrid, type EventGridEvent } from './providers/event-grid/preset.ts';
export { front, type FrontEvent } from './providers/front/preset.ts';
export { fusionauth, type FusionauthWebhook } from './providers/fusionauth/preset.ts';
export { helpScout, type HelpScoutEvent } from './providers/help-scout/preset.ts';
export { lithic, type LithicEvent } from './providers/lithic/preset.ts';
export { livekit, type LivekitEvent } from './providers/livekit/preset.ts';
export { nylas, type NylasEvent } from './providers/nylas/preset.ts';
export { pandadoc, type PandadocEvent } from './providers/pandadoc/preset.ts';
export { retell, type RetellEvent } from './providers/retell/preset.ts';
export { revenuecat, type RevenuecatWebhook } from './providers/revenuecat/preset.ts';
export { revolut, type RevolutEvent } from './providers/revolut/preset.ts';
export { sanity, type SanityDocument } from './providers/sanity/preset.ts';
export { segment, type SegmentCall } from './providers/segment/preset.ts';
export { snyk, type SnykEvent } from './providers/snyk/preset.ts';
export { supabase, type SupabaseHook } from './providers/supabase/preset.ts';
export { teams, type TeamsActivity } from './providers/teams/preset.ts';
export { vapi, type VapiMessage } from './providers/vapi/preset.ts';
export { webflow, type WebflowEvent } from './providers/webflow/preset.ts';
export type { Preset, PresetFacts, PresetWith } from './providers/preset.ts';

export { all, any } from './signatures/combine.ts';
export { apiKey } from './signatures/api-key.ts';
export { basic } from './signatures/basic.ts';
export { bearer } from './signatures/bearer.ts';
export { hmac, type HmacOptions } from './signatures/hmac.ts';
export { ipRanges } from './signatures/ip-ranges.ts';
export { jwks } from './signatures/json-web-key.ts';
export { jwt, type JwtSpec } from './signatures/jwt.ts';
export { none } from './signatures/none.ts';
export { signature } from './signatures/signature.ts';
export type { SignatureSpec } from './signatures/signature-spec.ts';
export type { SignatureCause, VerifiableRequest, Verdict, Verifier } from './signatures/verifier.ts';

export { forward, type ForwardOptions } from './api/forward.ts';
export { PermanentError, RetryAfter, WaitFor } from './api/errors.ts';
export type { Handler, HandlerContext, Log, Result, TransactItem, WebhookEvent } from './api/handler.ts';
