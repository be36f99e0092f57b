import { auth0 } from '../presets/auth0.ts';
import { brex } from '../presets/brex.ts';
import { clerk } from '../presets/clerk.ts';
import { okta } from '../presets/okta.ts';
import { openai } from '../presets/openai.ts';
import { render } from '../presets/render.ts';
import { replicate } from '../presets/replicate.ts';
import { resend } from '../presets/resend.ts';
import { svix } from '../presets/svix.ts';
import { workos } from '../presets/workos.ts';
import { auth0Sample } from '../samples/auth0.ts';
import { brexSample } from '../samples/brex.ts';
import { clerkSample } from '../samples/clerk.ts';
import { oktaSample } from '../samples/okta.ts';
import { openaiSample } from '../samples/openai.ts';
import { renderSample } from '../samples/render.ts';
import { replicateSample } from '../samples/replicate.ts';
import { resendSample } from '../samples/resend.ts';
import { svixSample } from '../samples/svix.ts';
import { workosSample } from '../samples/workos.ts';
import { fusionauth } from '../presets/fusionauth.ts';
import { fusionauthSample } from '../samples/fusionauth.ts';
import { supabase } from '../presets/supabase.ts';
import { supabaseSample } from '../samples/supabase.ts';
import { withSample, type CatalogEntry } from './entry.ts';

export const identity: readonly CatalogEntry[] = [
  withSample(auth0.facts, auth0Sample),
  withSample(brex.facts, brexSample),
  withSample(clerk.facts, clerkSample),
  withSample(okta.facts, oktaSample),
  withSample(openai.facts, openaiSample),
  withSample(render.facts, renderSample),
  withSample(replicate.facts, replicateSample),
  withSample(resend.facts, resendSample),
  withSample(svix.facts, svixSample),
  withSample(workos.facts, workosSample),
  withSample(fusionauth.facts, fusionauthSample),
  withSample(supabase.facts, supabaseSample),
];
