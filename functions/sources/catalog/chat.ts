import { discordEvents } from '../presets/discord-events.ts';
import { discordInteractions } from '../presets/discord-interactions.ts';
import { meta } from '../presets/meta.ts';
import { telegram } from '../presets/telegram.ts';
import { telnyx } from '../presets/telnyx.ts';
import { twitch } from '../presets/twitch.ts';
import { vonage } from '../presets/vonage.ts';
import { x } from '../presets/x.ts';
import { zoom } from '../presets/zoom.ts';
import { discordEventsSample } from '../samples/discord-events.ts';
import { discordInteractionsSample } from '../samples/discord-interactions.ts';
import { metaSample } from '../samples/meta.ts';
import { telegramSample } from '../samples/telegram.ts';
import { telnyxSample } from '../samples/telnyx.ts';
import { twitchSample } from '../samples/twitch.ts';
import { vonageSample } from '../samples/vonage.ts';
import { xSample } from '../samples/x.ts';
import { zoomSample } from '../samples/zoom.ts';
import { withSample, type CatalogEntry } from './entry.ts';

export const chat: readonly CatalogEntry[] = [
  withSample(discordEvents.facts, discordEventsSample),
  withSample(discordInteractions.facts, discordInteractionsSample),
  withSample(meta.facts, metaSample),
  withSample(telegram.facts, telegramSample),
  withSample(telnyx.facts, telnyxSample),
  withSample(twitch.facts, twitchSample),
  withSample(vonage.facts, vonageSample),
  withSample(x.facts, xSample),
  withSample(zoom.facts, zoomSample),
];
