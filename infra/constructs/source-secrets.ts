import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { secretName } from '../../functions/runtime/settings.ts';
import type { Source } from '../../functions/sources/source.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { pinLogicalId } from './logical-id.ts';

/** A valid list of no secrets: every request is refused until an operator stores the provider's secret. */
const nothingVerifies = '[]';

/**
 * One secret for each source that verifies with one, a JSON list, newest first. CloudFormation writes only the first value:
 * what operators store later stands, because the template's value never changes.
 */
export class SourceSecrets extends Construct {
  readonly #secrets: ReadonlyMap<string, Secret>;
  readonly #sources: Readonly<Record<string, Source>>;

  constructor(scope: Construct, id: string, sources: Readonly<Record<string, Source>>) {
    super(scope, id);
    this.#sources = sources;
    this.#secrets = new Map(ownersOfSecrets(sources).map((name) => [name, this.#secret(name)]));
  }

  grantRead(fn: HooklaneFunction): void {
    this.#grant(fn, ['secretsmanager:GetSecretValue'], Object.entries(this.#sources));
  }

  /** Of sources whose sender hands over its secret in a handshake, and of no other. */
  grantPairing(fn: HooklaneFunction): void {
    const pairing = Object.entries(this.#sources).filter(([, { handshakes = [] }]) =>
      handshakes.some(({ keepsSecret }) => keepsSecret === true),
    );
    this.#grant(fn, ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], pairing);
  }

  #grant(fn: HooklaneFunction, actions: readonly string[], sources: readonly (readonly [string, Source])[]) {
    const owners = new Set(sources.map(([name, source]) => source.secrets ?? name));
    const resources = [...this.#secrets].flatMap(([name, { secretArn }]) =>
      owners.has(name) ? secretArn : [],
    );
    if (resources.length > 0) fn.allow([{ actions, resources }]);
  }

  #secret(source: string): Secret {
    const secret = new Secret(this, source, {
      // The one physical name of the stack: it is how functions and operators find the secret of a source.
      secretName: secretName(source),
      description: `Signing secrets of the webhook source "${source}": a JSON list, newest first`,
      secretStringValue: SecretValue.unsafePlainText(nothingVerifies),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Unique, because names of sources are in lower case.
    pinLogicalId(secret, `SourceSecret${source.replaceAll('-', 'Dash')}`);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The provider issues the secret, so only its owner can rotate it; a rotated list is picked up without a deploy.',
    });
    return secret;
  }
}

/** Names of the sources whose own secrets are used, by themselves or by another source. */
function ownersOfSecrets(sources: Readonly<Record<string, Source>>): string[] {
  const verifying = Object.entries(sources).filter(([, source]) => source.verify.needsSecret);
  return [...new Set(verifying.map(([name, source]) => source.secrets ?? name))].sort();
}
