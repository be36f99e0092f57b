/** The public interface for CDK apps: `hooklane/cdk`. */
export { WebhookGateway, type WebhookGatewayProps } from './webhook-gateway.ts';
export type { GatewayDomain } from './constructs/gateway-domain.ts';
export type { ArchiveOptions } from './constructs/ledger-archive.ts';
export type { AlarmOptions } from './alarms/alarms.ts';
