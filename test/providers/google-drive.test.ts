import { googleDrive } from '../../functions/providers/google-drive/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('google-drive');

isKnownByToken(googleDrive(), (token) => aRequest({ headers: { 'x-goog-channel-token': token } }));
