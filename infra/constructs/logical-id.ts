import { CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Fixes the logical id of a resource whose loss is an incident: the gateway's own id with a name behind it. CloudFormation takes another id for
 * another resource, so without this a construct within the gateway that is renamed or moved would leave the data behind and start empty.
 */
export function pinLogicalId(construct: Construct, gateway: Construct, name: string): void {
  const resource = construct instanceof CfnResource ? construct : construct.node.defaultChild;
  if (!(resource instanceof CfnResource)) throw new Error(`${construct.node.path} has no resource to pin`);
  resource.overrideLogicalId(
    `${pathInStack(gateway)
      .join('')
      .replaceAll(/[^A-Za-z0-9]/g, '')}${name}`,
  );
}

/** The ids from below the stack to a construct. As in CloudFormation's generated ids, one called `Default` does not count. */
export function pathInStack(construct: Construct): readonly string[] {
  const { scopes } = construct.node;
  return scopes
    .slice(scopes.indexOf(Stack.of(construct)) + 1)
    .map(({ node }) => node.id)
    .filter((id) => id !== 'Default');
}
