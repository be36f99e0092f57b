import * as z from 'zod';
import { problemType } from '../runtime/problem-document.ts';
import { problems, problemSchema, type ProblemCause } from './problem.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of every route: a parameter it does not know, a method it does not have, a ledger that is away. */
const everywhere: readonly ProblemCause[] = ['invalid-query', 'method-not-allowed', 'ledger-unreachable'];

const pathParameters: Readonly<Record<string, string>> = {
  source: 'Name of a source',
  eventId: 'Id of an event: any text, percent-encoded; write `.` and `..` as `%252E` and `%252E%252E`',
  entity: 'Entity of a lane: any text, encoded as an id is',
  id: 'Id of a job',
};

/** OpenAPI 3.1 of a table of routes: its schemas are JSON Schema 2020-12, as zod writes them. */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths = Map.groupBy(routes, ({ path }) => path);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hooklane operations',
      version: '1',
      description:
        'Find, understand, repair and prove. On AWS every request but `GET /health` is signed with Signature Version 4 for ' +
        '`execute-api`; the local cloud serves 127.0.0.1 alone. Every change takes a reason, and is audited with who signed it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: Object.fromEntries(
      [...paths].map(([path, ofPath]) => [
        path,
        Object.fromEntries(ofPath.map((route) => [route.method.toLowerCase(), operation(route)])),
      ]),
    ),
    components: {
      schemas: { Problem: schemaOf(problemSchema) },
      securitySchemes: {
        iam: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4, service `execute-api`',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
  };
}

function operation(route: Route): Json {
  const { name, tag, summary, description, body, isPublic = false } = route;
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: isPublic ? [] : [{ iam: [] }],
    parameters: [...named(route), ...queried(route)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } },
    }),
    responses: byGateway(route, { ...answers(route), ...refusals(route) }),
  };
}

const named = ({ path }: Route): readonly Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: pathParameters[name],
    schema: { type: 'string', minLength: 1 },
  }));

function queried({ query }: Route): readonly Json[] {
  return Object.entries(query.shape as Readonly<Record<string, z.ZodType>>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    ...described(schema),
    schema: schemaOf(schema, 'output'),
  }));
}

const described = (schema: z.ZodType): Json => {
  const { description } = schema.meta() ?? {};
  return description === undefined ? {} : { description };
};

function answers({ answer, otherStatus, otherContent = [] }: Route): Readonly<Record<string, Json>> {
  const response = {
    description: answer?.meta()?.description ?? 'As asked for',
    content: {
      ...(answer && { 'application/json': { schema: schemaOf(answer) } }),
      ...Object.fromEntries(otherContent.map((type) => [type, {}])),
    },
  };
  return { 200: response, ...(otherStatus && { [otherStatus]: response }) };
}

function refusals({
  problems: own,
  body,
  otherStatus,
  takesSubscriber = false,
}: Route): Readonly<Record<string, Json>> {
  const causes: readonly ProblemCause[] = [
    ...everywhere,
    ...(body ? (['invalid-body'] as const) : []),
    ...(takesSubscriber ? (['unknown-subscriber'] as const) : []),
    ...own,
  ];
  const byStatus = Map.groupBy(new Set(causes), (cause) => problems[cause].status);
  const described = [...byStatus].map(([status, ofStatus]): [number, Json] => [
    status,
    {
      description: ofStatus.map((cause) => `\`${cause}\`: ${problems[cause].detail}`).join('\n\n'),
      content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return Object.fromEntries(described.filter(([status]) => status !== otherStatus));
}

const gatewayBody = {
  'application/json': {
    schema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
  },
};

/** What API Gateway answers by itself, before a function is asked. */
function byGateway({ isPublic = false, body }: Route, described: Readonly<Record<string, Json>>): Json {
  const own: Readonly<Record<string, Json>> = {
    ...(!isPublic && {
      403: { description: 'Not signed, or the identity may not do this', content: gatewayBody },
    }),
    ...(body && { 413: { description: 'More than 10 MB were sent', content: gatewayBody } }),
    429: { description: 'More than the route lets through in a second', content: gatewayBody },
    431: { description: 'Request line and headers are longer than 10,240 bytes', content: {} },
  };
  return Object.fromEntries(
    [...new Set([...Object.keys(described), ...Object.keys(own)])].map((status) => [
      status,
      both(described[status], own[status]),
    ]),
  );
}

const both = (ours: Json = {}, theirs: Json = {}): Json => ({
  description: [ours['description'], theirs['description']].filter(Boolean).join('\n\n'),
  content: { ...(ours['content'] as Json | undefined), ...(theirs['content'] as Json | undefined) },
});

/** The dialect is that of OpenAPI 3.1 itself. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const json: Record<string, unknown> = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== '$schema'));
}
