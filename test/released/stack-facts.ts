import * as z from 'zod';
import type { Resources } from '../infra/template.ts';

/** What an update of a deployed stack has to leave as it is, or may only add to. */
export const stackFacts = z.object({
  /** Names of the variables of each function, by logical id. */
  variables: z.record(z.string(), z.array(z.string())),
  /** What holds data, by logical id, with the properties whose change replaces it. */
  stateful: z.record(z.string(), z.object({ type: z.string(), keys: z.record(z.string(), z.json()) })),
  /** Of each table, by logical id. */
  indexes: z.record(z.string(), z.record(z.string(), z.json())),
  routes: z.array(z.string()),
});

export type StackFacts = z.infer<typeof stackFacts>;

/** CloudFormation replaces a resource whose property of these changes: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SecretsManager::Secret': ['Name'],
  // What senders were told: another API has another address.
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
};

const properties = {
  variables: z.object({ Variables: z.record(z.string(), z.unknown()) }).default({ Variables: {} }),
  indexes: z.array(z.looseObject({ IndexName: z.string() })).default([]),
};

export function stackFactsOf(resources: Resources): StackFacts {
  const all = Object.entries(resources);
  const ofType = (type: string) => all.filter(([, { Type }]) => Type === type);
  const picked = (of: Resources[string]['Properties'], names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]])));
  return stackFacts.parse({
    variables: Object.fromEntries(
      ofType('AWS::Lambda::Function').map(([id, { Properties }]) => [
        id,
        Object.keys(properties.variables.parse(Properties['Environment']).Variables).sort(),
      ]),
    ),
    stateful: Object.fromEntries(
      all.flatMap(([id, { Type, Properties }]) => {
        const names = replacing[Type];
        return names === undefined ? [] : [[id, { type: Type, keys: picked(Properties, names) }]];
      }),
    ),
    indexes: Object.fromEntries(
      ofType('AWS::DynamoDB::Table').map(([id, { Properties }]) => [
        id,
        Object.fromEntries(
          properties.indexes
            .parse(Properties['GlobalSecondaryIndexes'])
            .map(({ IndexName, ...index }) => [
              IndexName,
              picked(index as Resources[string]['Properties'], ['KeySchema', 'Projection']),
            ]),
        ),
      ]),
    ),
    routes: ofType('AWS::ApiGatewayV2::Route')
      .map(([, { Properties }]) => z.string().parse(Properties['RouteKey']))
      .sort(),
  });
}

/** What keeps a stack of the facts `before` from being updated to one of the facts `now` while it works. */
export function obstacles(before: StackFacts, now: StackFacts): string[] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...Object.entries(before.stateful).flatMap(([id, one]) =>
      same(one, now.stateful[id]) ? [] : [`${id} (${one.type}) would be replaced`],
    ),
    ...Object.entries(before.indexes).flatMap(([table, indexes]) => {
      const next = now.indexes[table] ?? {};
      const added = Object.keys(next).filter((name) => !(name in indexes));
      return [
        ...Object.entries(indexes).flatMap(([name, index]) =>
          same(index, next[name]) ? [] : [`the index ${name} of ${table} is another one, or gone`],
        ),
        ...(added.length > 1 ? [`${table} gets ${added.length} indexes, DynamoDB makes one at a time`] : []),
      ];
    }),
    ...Object.entries(before.variables).flatMap(([id, names]) =>
      names
        .filter((name) => now.variables[id]?.includes(name) !== true)
        .map((name) => `${id} loses ${name}, which the code before still reads`),
    ),
    ...before.routes.filter((route) => !now.routes.includes(route)).map((route) => `${route} is gone`),
  ];
}
