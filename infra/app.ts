import { App } from 'aws-cdk-lib';
import config from '#config';
import { HooklaneStack } from './stack.ts';

// Importing the configuration checks it: a mistake ends the synthesis with every one listed by its path.
const app = new App();
new HooklaneStack(app, 'Hooklane', {
  config,
  description: 'Webhooks stored before they are acknowledged, run once and in order per entity',
});
