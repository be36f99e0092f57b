import { hubspot } from '../hubspot/preset.ts';
import { hubspotV1 } from '../hubspot-v1/preset.ts';
import { hubspotV2 } from '../hubspot-v2/preset.ts';
import { intercom } from '../intercom/preset.ts';
import { mailchimp } from '../mailchimp/preset.ts';
import { mailgun } from '../mailgun/preset.ts';
import { mandrill } from '../mandrill/preset.ts';
import { postmark } from '../postmark/preset.ts';
import { sendgrid } from '../sendgrid/preset.ts';
import { zendesk } from '../zendesk/preset.ts';
import { hubspotSample } from '../hubspot/sample.ts';
import { hubspotV1Sample } from '../hubspot-v1/sample.ts';
import { hubspotV2Sample } from '../hubspot-v2/sample.ts';
import { intercomSample } from '../intercom/sample.ts';
import { mailchimpSample } from '../mailchimp/sample.ts';
import { mailgunSample } from '../mailgun/sample.ts';
import { mandrillSample } from '../mandrill/sample.ts';
import { postmarkSample } from '../postmark/sample.ts';
import { sendgridSample } from '../sendgrid/sample.ts';
import { zendeskSample } from '../zendesk/sample.ts';
import { customerIo } from '../customer-io/preset.ts';
import { customerIoSample } from '../customer-io/sample.ts';
import { front } from '../front/preset.ts';
import { frontSample } from '../front/sample.ts';
import { helpScout } from '../help-scout/preset.ts';
import { helpScoutSample } from '../help-scout/sample.ts';
import { nylas } from '../nylas/preset.ts';
import { nylasSample } from '../nylas/sample.ts';
import { segment } from '../segment/preset.ts';
import { segmentSample } from '../segment/sample.ts';
import { withSample, type CatalogEntry } from '../catalog-entry.ts';

export const email: readonly CatalogEntry[] = [
  withSample(hubspot.facts, hubspotSample),
  withSample(hubspotV1.facts, hubspotV1Sample),
  withSample(hubspotV2.facts, hubspotV2Sample),
  withSample(intercom.facts, intercomSample),
  withSample(mailchimp.facts, mailchimpSample),
  withSample(mailgun.facts, mailgunSample),
  withSample(mandrill.facts, mandrillSample),
  withSample(postmark.facts, postmarkSample),
  withSample(sendgrid.facts, sendgridSample),
  withSample(zendesk.facts, zendeskSample),
  withSample(customerIo.facts, customerIoSample),
  withSample(front.facts, frontSample),
  withSample(helpScout.facts, helpScoutSample),
  withSample(nylas.facts, nylasSample),
  withSample(segment.facts, segmentSample),
];
