import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { WebhookGateway, type WebhookGatewayProps } from 'hooklane/cdk';
import * as z from 'zod';

/** What this deployment of the drill is: its version, and what an earlier stack has left behind. */
const Drill = z.object({
  version: z.string().default('1'),
  adopt: z
    .object({
      ledger: z.string(),
      state: z.string(),
      bodies: z.string(),
      tables: z.record(z.string(), z.string()),
    })
    .optional(),
  /** ARNs by source. */
  secrets: z.record(z.string(), z.string()).default({}),
});

const { version, adopt, secrets } = Drill.parse(JSON.parse(process.env['DRILL'] ?? '{}'));

const app = new App();
const stack = new Stack(app, 'Drill');
drill(stack, {
  ...(adopt && { adopt }),
  secrets: Object.fromEntries(
    Object.entries(secrets).map(([source, arn]) => [
      source,
      Secret.fromSecretCompleteArn(stack, source, arn),
    ]),
  ),
});
drill(new Stack(app, 'DrillBeside'), { stage: 'beside', archive: { days: 1 } });

function drill(scope: Stack, props: WebhookGatewayProps): void {
  const gateway = new WebhookGateway(scope, 'Webhooks', {
    ...props,
    prefix: 'drill',
    configFile: join(import.meta.dirname, 'hooklane.config.ts'),
    operatorPolicies: true,
    environment: { DRILL_VERSION: version },
    // Changes ingest too from one version to the next.
    memoryMb: { ingest: 512 + Number(version) },
  });
  const account = new AccountPrincipal(scope.account);
  for (const [name, role] of [
    ['Reader', 'grantRead'],
    ['Operator', 'grantOperate'],
  ] as const) {
    const made = new Role(scope, name, { assumedBy: account });
    gateway[role](made);
    new CfnOutput(scope, `${name}Arn`, { value: made.roleArn });
  }
  const sender = new Role(scope, 'Sender', { assumedBy: account });
  gateway.grantSend(sender, 'own');
  new CfnOutput(scope, 'SenderArn', { value: sender.roleArn });
  for (const [name, table] of gateway.tables)
    new CfnOutput(scope, `${name}Table`, { value: table.tableName });
}
