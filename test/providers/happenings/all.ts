import { chatAndEmail } from './chat-and-email.ts';
import { developerTools } from './developer-tools.ts';
import type { Happenings } from './happenings.ts';
import { newer } from './newer.ts';
import { payments } from './payments.ts';
import { workToolsAndIdentity } from './work-tools-and-identity.ts';

/** By the name of the preset. */
export const happenings: Readonly<Record<string, Happenings>> = {
  ...chatAndEmail,
  ...developerTools,
  ...newer,
  ...payments,
  ...workToolsAndIdentity,
};
