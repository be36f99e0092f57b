/** The public interface for tests of an application: `hooklane/testing`. */
export { runHandler, type Ran, type RunOptions } from './run-handler.ts';
export { sampleEvent, type SampleOptions } from './sample-event.ts';
export { signedRequest, type SignedRequest, type SigningOptions } from './signed-request.ts';
