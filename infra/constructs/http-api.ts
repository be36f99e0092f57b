import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { serveAt, type GatewayDomain } from './gateway-domain.ts';
import type { Route } from '../../functions/runtime/settings.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { pinLogicalId } from './logical-id.ts';

/** Below the account's shared 10,000 a second, so that a flood of webhooks leaves room for the account's other APIs. */
const throttle = { rateLimit: 2000, burstLimit: 1000 };

/** Of each route that is not a sender's, so that a flood of webhooks leaves operators theirs. */
const ownThrottle = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 };

/**
 * What ingest's line does not have, or cannot, where it was not called, under short names: each byte is paid for every request. No query string,
 * headers or body: some senders sign or authenticate in them. The last two say why API Gateway itself refused, or got no answer. The path is first,
 * because a sender chooses it: should it break out of its quotes, what follows still counts, as the last of two fields of one name.
 */
export const accessLogLine = JSON.stringify({
  path: '$context.path',
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  status: '$context.status',
  ms: '$context.responseLatency',
  refused: '$context.error.responseType',
  error: '$context.integrationErrorMessage',
});

interface WebhookApiProps {
  readonly name: string;
  readonly logRetention: RetentionDays;
  readonly domain?: GatewayDomain | undefined;
  readonly routes: readonly Route[];
  readonly functions: Readonly<Record<string, HooklaneFunction>>;
}

/** The HTTP API in front of the functions: public routes for providers, IAM-signed ones for own services and operators. */
export class WebhookApi extends Construct {
  readonly url: string;
  readonly apiId: string;

  /** Of a caller who may use it: `execute-api:Invoke`. */
  readonly arnOf: (method: string, path: string) => string;

  constructor(
    gateway: Construct,
    id: string,
    { name, routes, functions, logRetention, domain }: WebhookApiProps,
  ) {
    super(gateway, id);
    const api = new HttpApi(this, 'HttpApi', {
      apiName: name,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    // Providers are registered with this API's address.
    pinLogicalId(api, gateway, 'WebhookApi');
    this.apiId = api.apiId;
    this.url = domain === undefined ? api.apiEndpoint : `https://${domain.name}`;
    this.arnOf = (method, path) => api.arnForExecuteApi(method, path, '$default');

    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            retention: logRetention,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(accessLogLine),
      },
    });

    if (domain !== undefined) serveAt(domain, api, stage);

    for (const route of routes) {
      const fn = functions[route.function];
      if (!fn)
        throw new Error(
          `route ${route.method} ${route.path} names the function ${route.function}, which is not there`,
        );
      const added = api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: new HttpLambdaIntegration(route.function, fn),
        authorizer: route.isPublic ? new HttpNoneAuthorizer() : new HttpIamAuthorizer(),
      });
      // API Gateway refuses settings of a route that is not there yet.
      stage.node.addDependency(...added);
      if (route.isPublic) {
        for (const one of added) {
          Validations.of(one).acknowledge({
            id: 'AwsSolutions-APIG4',
            reason:
              'Senders cannot sign for IAM: ingest verifies each source by its own scheme, and health tells nothing.',
          });
        }
      }
    }
    const settings = stage.node.defaultChild;
    if (!(settings instanceof CfnStage)) throw new Error('the stage has no resource to throttle');
    settings.routeSettings = Object.fromEntries(
      routes.flatMap(({ method, path, function: name }) =>
        name === 'ingest' ? [] : [[`${method} ${path}`, ownThrottle]],
      ),
    );
  }
}
