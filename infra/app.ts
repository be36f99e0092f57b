import { App, Stack } from 'aws-cdk-lib';
import { WebhookGateway } from 'hooklane/cdk';

const app = new App();
const stack = new Stack(app, 'Hooklane', {
  description: 'Webhooks stored before they are acknowledged, run once and in order per entity',
});
// `--context alarms=false`: for an emulator.
const hasAlarms = app.node.tryGetContext('alarms') !== 'false';
// Makes the configuration's sources, tables and functions: a mistake ends the synthesis with every one listed by its path.
new WebhookGateway(stack, 'Webhooks', { alarms: hasAlarms && {} });
