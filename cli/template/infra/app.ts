import { App, Stack } from 'aws-cdk-lib';
import { WebhookGateway } from 'hooklane/cdk';

const app = new App();
const stack = new Stack(app, '{{name}}');
new WebhookGateway(stack, 'Webhooks');
