import { defineConfig, github } from 'hooklane';

/** The sources of `many-events.ts`; what comes in while it is looked at is signed as GitHub does. */
export default defineConfig({ sources: { billing: github(), orders: github(), shipping: github() } });
