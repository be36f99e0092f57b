import { Validations, type RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { environment, secretName } from '../../functions/runtime/settings.ts';
import type { Source } from '../../functions/sources/source.ts';
import type { CustomerKey } from './encryption.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { pinLogicalId } from './logical-id.ts';

interface SourceSecretsProps {
  readonly sources: Readonly<Record<string, Source>>;
  /** What the names of the secrets begin with. */
  readonly prefix: string;
  /** Secrets that are there, by source. */
  readonly given: Readonly<Record<string, ISecret>>;
  readonly removalPolicy: RemovalPolicy;
  readonly key: CustomerKey;
}

/**
 * One secret for each source that verifies with one, a JSON list, newest first. Made without a value, which is a list of none: every request is
 * refused until an operator stores the provider's secret, and no update of the stack writes over what is stored.
 */
export class SourceSecrets extends Construct {
  readonly #arns: ReadonlyMap<string, string>;
  readonly #props: SourceSecretsProps;

  constructor(gateway: Construct, id: string, props: SourceSecretsProps) {
    super(gateway, id);
    this.#props = props;
    this.#arns = new Map(
      ownersOfSecrets(props.sources).map((source) => [
        source,
        props.given[source]?.secretArn ?? this.#secret(gateway, source).ref,
      ]),
    );
  }

  grantRead(fn: HooklaneFunction): void {
    this.#grant(fn, ['secretsmanager:GetSecretValue'], Object.entries(this.#props.sources));
    this.#name(fn);
  }

  /** Whether they have a value, and since when; never the value. */
  grantDescribe(fn: HooklaneFunction): void {
    this.#grant(fn, ['secretsmanager:DescribeSecret'], Object.entries(this.#props.sources));
    this.#name(fn);
  }

  #name(fn: HooklaneFunction): void {
    const { prefix, given } = this.#props;
    const elsewhere = Object.entries(given).map(([source, { secretArn }]) => [source, secretArn]);
    fn.allow([], {
      [environment.secretPrefix]: prefix,
      ...(elsewhere.length > 0 && {
        [environment.secretArns]: fn.stack.toJsonString(Object.fromEntries(elsewhere)),
      }),
    });
  }

  /** Of sources whose sender hands over its secret in a handshake, and of no other. */
  grantPairing(fn: HooklaneFunction): void {
    const pairing = Object.entries(this.#props.sources).filter(([, { handshakes = [] }]) =>
      handshakes.some(({ keepsSecret }) => keepsSecret === true),
    );
    this.#grant(fn, ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], pairing);
  }

  #grant(fn: HooklaneFunction, actions: readonly string[], sources: readonly (readonly [string, Source])[]) {
    const owners = new Set(sources.map(([name, source]) => source.secrets ?? name));
    const resources = [...this.#arns].flatMap(([name, arn]) => (owners.has(name) ? arn : []));
    if (resources.length > 0) fn.allow([{ actions, resources }]);
  }

  #secret(gateway: Construct, source: string): CfnSecret {
    const secret = new CfnSecret(this, source, {
      // A physical name, because it is how functions and operators find the secret of a source.
      name: secretName(this.#props.prefix, source),
      ...(this.#props.key && { kmsKeyId: this.#props.key.keyArn }),
      description: `Signing secrets of the webhook source "${source}": a JSON list, newest first`,
    });
    secret.applyRemovalPolicy(this.#props.removalPolicy);
    // Unique, because names of sources are in lower case.
    pinLogicalId(secret, gateway, `SourceSecret${source.replaceAll('-', 'Dash')}`);
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
