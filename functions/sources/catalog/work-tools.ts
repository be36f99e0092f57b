import { airtable } from '../presets/airtable.ts';
import { asana } from '../presets/asana.ts';
import { box } from '../presets/box.ts';
import { calendly } from '../presets/calendly.ts';
import { docusign } from '../presets/docusign.ts';
import { dropbox } from '../presets/dropbox.ts';
import { dropboxSign } from '../presets/dropbox-sign.ts';
import { figma } from '../presets/figma.ts';
import { linear } from '../presets/linear.ts';
import { notion } from '../presets/notion.ts';
import { typeform } from '../presets/typeform.ts';
import { airtableSample } from '../samples/airtable.ts';
import { asanaSample } from '../samples/asana.ts';
import { boxSample } from '../samples/box.ts';
import { calendlySample } from '../samples/calendly.ts';
import { docusignSample } from '../samples/docusign.ts';
import { dropboxSample } from '../samples/dropbox.ts';
import { dropboxSignSample } from '../samples/dropbox-sign.ts';
import { figmaSample } from '../samples/figma.ts';
import { linearSample } from '../samples/linear.ts';
import { notionSample } from '../samples/notion.ts';
import { typeformSample } from '../samples/typeform.ts';
import { attio } from '../presets/attio.ts';
import { attioSample } from '../samples/attio.ts';
import { calCom } from '../presets/cal-com.ts';
import { calComSample } from '../samples/cal-com.ts';
import { close } from '../presets/close.ts';
import { closeSample } from '../samples/close.ts';
import { pandadoc } from '../presets/pandadoc.ts';
import { pandadocSample } from '../samples/pandadoc.ts';
import { withSample, type CatalogEntry } from './entry.ts';

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
