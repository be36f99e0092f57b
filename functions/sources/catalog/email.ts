import { hubspot } from '../presets/hubspot.ts';
import { hubspotV1 } from '../presets/hubspot-v1.ts';
import { hubspotV2 } from '../presets/hubspot-v2.ts';
import { intercom } from '../presets/intercom.ts';
import { mailchimp } from '../presets/mailchimp.ts';
import { mailgun } from '../presets/mailgun.ts';
import { mandrill } from '../presets/mandrill.ts';
import { postmark } from '../presets/postmark.ts';
import { sendgrid } from '../presets/sendgrid.ts';
import { zendesk } from '../presets/zendesk.ts';
import { hubspotSample } from '../samples/hubspot.ts';
import { hubspotV1Sample } from '../samples/hubspot-v1.ts';
import { hubspotV2Sample } from '../samples/hubspot-v2.ts';
import { intercomSample } from '../samples/intercom.ts';
import { mailchimpSample } from '../samples/mailchimp.ts';
import { mailgunSample } from '../samples/mailgun.ts';
import { mandrillSample } from '../samples/mandrill.ts';
import { postmarkSample } from '../samples/postmark.ts';
import { sendgridSample } from '../samples/sendgrid.ts';
import { zendeskSample } from '../samples/zendesk.ts';
import { customerIo } from '../presets/customer-io.ts';
import { customerIoSample } from '../samples/customer-io.ts';
import { front } from '../presets/front.ts';
import { frontSample } from '../samples/front.ts';
import { helpScout } from '../presets/help-scout.ts';
import { helpScoutSample } from '../samples/help-scout.ts';
import { nylas } from '../presets/nylas.ts';
import { nylasSample } from '../samples/nylas.ts';
import { segment } from '../presets/segment.ts';
import { segmentSample } from '../samples/segment.ts';
import { withSample, type CatalogEntry } from './entry.ts';

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
