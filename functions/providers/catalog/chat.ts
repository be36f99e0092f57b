import { discordEvents } from '../discord-events/preset.ts';
import { discordInteractions } from '../discord-interactions/preset.ts';
import { meta } from '../meta/preset.ts';
import { telegram } from '../telegram/preset.ts';
import { telnyx } from '../telnyx/preset.ts';
import { twitch } from '../twitch/preset.ts';
import { vonage } from '../vonage/preset.ts';
import { x } from '../x/preset.ts';
import { zoom } from '../zoom/preset.ts';
import { discordEventsSample } from '../discord-events/sample.ts';
import { discordInteractionsSample } from '../discord-interactions/sample.ts';
import { metaSample } from '../meta/sample.ts';
import { telegramSample } from '../telegram/sample.ts';
import { telnyxSample } from '../telnyx/sample.ts';
import { twitchSample } from '../twitch/sample.ts';
import { vonageSample } from '../vonage/sample.ts';
import { xSample } from '../x/sample.ts';
import { zoomSample } from '../zoom/sample.ts';
import { elevenlabs } from '../elevenlabs/preset.ts';
import { elevenlabsSample } from '../elevenlabs/sample.ts';
import { livekit } from '../livekit/preset.ts';
import { livekitSample } from '../livekit/sample.ts';
import { retell } from '../retell/preset.ts';
import { retellSample } from '../retell/sample.ts';
import { teams } from '../teams/preset.ts';
import { teamsSample } from '../teams/sample.ts';
import { vapi } from '../vapi/preset.ts';
import { vapiSample } from '../vapi/sample.ts';
import { withSample, type CatalogEntry } from '../catalog-entry.ts';

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
