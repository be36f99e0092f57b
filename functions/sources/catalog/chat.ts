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
import { elevenlabs } from '../presets/elevenlabs.ts';
import { elevenlabsSample } from '../samples/elevenlabs.ts';
import { livekit } from '../presets/livekit.ts';
import { livekitSample } from '../samples/livekit.ts';
import { retell } from '../presets/retell.ts';
import { retellSample } from '../samples/retell.ts';
import { teams } from '../presets/teams.ts';
import { teamsSample } from '../samples/teams.ts';
import { vapi } from '../presets/vapi.ts';
import { vapiSample } from '../samples/vapi.ts';
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
  withSample(elevenlabs.facts, elevenlabsSample),
  withSample(livekit.facts, livekitSample),
  withSample(retell.facts, retellSample),
  withSample(teams.facts, teamsSample),
  withSample(vapi.facts, vapiSample),
];
