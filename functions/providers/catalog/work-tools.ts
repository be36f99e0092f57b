import { airtable } from '../airtable/preset.ts';
import { asana } from '../asana/preset.ts';
import { box } from '../box/preset.ts';
import { calendly } from '../calendly/preset.ts';
import { docusign } from '../docusign/preset.ts';
import { dropbox } from '../dropbox/preset.ts';
import { dropboxSign } from '../dropbox-sign/preset.ts';
import { figma } from '../figma/preset.ts';
import { linear } from '../linear/preset.ts';
import { notion } from '../notion/preset.ts';
import { typeform } from '../typeform/preset.ts';
import { airtableSample } from '../airtable/sample.ts';
import { asanaSample } from '../asana/sample.ts';
import { boxSample } from '../box/sample.ts';
import { calendlySample } from '../calendly/sample.ts';
import { docusignSample } from '../docusign/sample.ts';
import { dropboxSample } from '../dropbox/sample.ts';
import { dropboxSignSample } from '../dropbox-sign/sample.ts';
import { figmaSample } from '../figma/sample.ts';
import { linearSample } from '../linear/sample.ts';
import { notionSample } from '../notion/sample.ts';
import { typeformSample } from '../typeform/sample.ts';
import { attio } from '../attio/preset.ts';
import { attioSample } from '../attio/sample.ts';
import { calCom } from '../cal-com/preset.ts';
import { calComSample } from '../cal-com/sample.ts';
import { close } from '../close/preset.ts';
import { closeSample } from '../close/sample.ts';
import { pandadoc } from '../pandadoc/preset.ts';
import { pandadocSample } from '../pandadoc/sample.ts';
import { withSample, type CatalogEntry } from '../catalog-entry.ts';

export const workTools: readonly CatalogEntry[] = [
  withSample(airtable.facts, airtableSample),
  withSample(asana.facts, asanaSample),
  withSample(box.facts, boxSample),
  withSample(calendly.facts, calendlySample),
  withSample(docusign.facts, docusignSample),
  withSample(dropbox.facts, dropboxSample),
  withSample(dropboxSign.facts, dropboxSignSample),
  withSample(figma.facts, figmaSample),
  withSample(linear.facts, linearSample),
  withSample(notion.facts, notionSample),
  withSample(typeform.facts, typeformSample),
  withSample(attio.facts, attioSample),
  withSample(calCom.facts, calComSample),
  withSample(close.facts, closeSample),
  withSample(pandadoc.facts, pandadocSample),
];
