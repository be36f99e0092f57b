import { joined } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** One account in which something changed: list its files from your cursor on. */
export interface DropboxNotification {
  readonly account?: string;
}

function accounts(body: unknown): readonly DropboxNotification[] | undefined {
  const ids = lookUp(body, 'list_folder.accounts');
  return Array.isArray(ids) ? ids.map((account: unknown) => ({ account: String(account) })) : undefined;
}

/**
 * Dropbox, which names the accounts in which something changed, nothing more: two notifications about one account are equal byte for
 * byte, so each one that comes is an event of its own, also when it is a retry. Lane: the account.
 */
export const dropbox = preset<DropboxNotification>(
  {
    name: 'dropbox',
    title: 'Dropbox',
    page: 'https://www.dropbox.com/developers/reference/webhooks',
    confidence: 'second-hand',
    secret: 'the secret of the app',
    acknowledgeWithinSeconds: 10,
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-dropbox-signature', encoding: 'hex' }),
    handshakes: [echo({ name: 'challenge', method: 'GET', isSigned: false, echo: 'query:challenge' })],
    split: accounts,
    // Two within one millisecond may be one: neither can have been acted on before the other came.
    id: ({ body, acceptedAt }) => joined(body.account, acceptedAt.toISOString()),
    lane: 'account',
  },
);
