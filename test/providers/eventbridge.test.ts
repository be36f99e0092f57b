import { eventbridge } from '../../functions/providers/eventbridge/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('eventbridge');

isKnownByToken(eventbridge(), (key) => aRequest({ headers: { 'x-api-key': key } }), 'its key');
isKnownByToken(
  eventbridge(),
  (token) => aRequest({ headers: { authorization: `Bearer ${token}` } }),
  'its bearer token',
);
isKnownByToken(
  eventbridge(),
  (password) => aRequest({ headers: { authorization: `Basic ${btoa(password)}` } }),
  'its password',
);
