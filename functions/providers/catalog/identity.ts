import { auth0 } from '../auth0/preset.ts';
import { brex } from '../brex/preset.ts';
import { clerk } from '../clerk/preset.ts';
import { okta } from '../okta/preset.ts';
import { openai } from '../openai/preset.ts';
import { render } from '../render/preset.ts';
import { replicate } from '../replicate/preset.ts';
import { resend } from '../resend/preset.ts';
import { svix } from '../svix/preset.ts';
import { workos } from '../workos/preset.ts';
import { auth0Sample } from '../auth0/sample.ts';
import { brexSample } from '../brex/sample.ts';
import { clerkSample } from '../clerk/sample.ts';
import { oktaSample } from '../okta/sample.ts';
import { openaiSample } from '../openai/sample.ts';
import { renderSample } from '../render/sample.ts';
import { replicateSample } from '../replicate/sample.ts';
import { resendSample } from '../resend/sample.ts';
import { svixSample } from '../svix/sample.ts';
import { workosSample } from '../workos/sample.ts';
import { fusionauth } from '../fusionauth/preset.ts';
import { fusionauthSample } from '../fusionauth/sample.ts';
import { supabase } from '../supabase/preset.ts';
import { supabaseSample } from '../supabase/sample.ts';
import { withSample, type CatalogEntry } from '../catalog-entry.ts';

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
