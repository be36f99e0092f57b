import {
  ApiMapping,
  DomainName,
  SecurityPolicy,
  type HttpApi,
  type HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, RecordTarget, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';

/** An address of your own. The API's generated one is switched off where there is one. */
export interface GatewayDomain {
  readonly name: string;
  /** Of the stack's region. */
  readonly certificate: ICertificate;
  /** Where the record is made. Default: you make it yourself. */
  readonly zone?: IHostedZone;
}

export function serveAt({ name, certificate, zone }: GatewayDomain, api: HttpApi, stage: HttpStage): void {
  const domainName = new DomainName(api, 'Domain', {
    domainName: name,
    certificate,
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  new ApiMapping(api, 'Mapping', { api, domainName, stage });
  if (zone === undefined) return;
  const { regionalDomainName, regionalHostedZoneId } = domainName;
  new ARecord(api, 'Record', {
    zone,
    recordName: `${name}.`,
    target: RecordTarget.fromAlias(
      new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId),
    ),
  });
}
