import { testProvider } from '../support/provider/test-provider.ts';

testProvider('livekit');
