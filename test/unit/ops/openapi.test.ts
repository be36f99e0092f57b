import { expect, it } from 'vitest';
import * as z from 'zod';
import { openApiDocument } from '../../../functions/ops/openapi.ts';
import { routes } from '../../../functions/ops/routes.ts';

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query']), schema: z.looseObject({}) }),
  ),
  requestBody: z.looseObject({ required: z.literal(true) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: z.looseObject({}) })),
});
const document = z
  .object({
    openapi: z.literal('3.1.0'),
    paths: z.record(z.string(), z.record(z.string(), operation)),
  })
  .parse(openApiDocument(routes));
const operations = Object.entries(document.paths).flatMap(([path, ofPath]) =>
  Object.entries(ofPath).map(([method, one]) => ({ path, method, ...one })),
);

it('describes every route under a name of its own', () => {
  expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
    routes.map(({ method, path }) => `${method} ${path}`).sort(),
  );
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
});

it.each(operations)('names in $method $path each part of the path, once', ({ path, parameters }) => {
  const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);

  expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
});

it.each(operations)('says what $method $path answers where the ledger is away', ({ responses }) => {
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '405', '503']));
});

it('asks for a signature everywhere but for health', () => {
  const open = operations.filter(({ security }) => security.length === 0).map(({ path }) => path);

  expect(open).toEqual(['/health']);
});

it('takes no change without a reason', () => {
  const changes = operations.filter(({ method }) => method === 'post');

  for (const { requestBody } of changes) {
    expect(JSON.stringify(requestBody)).toContain('"reason":{"type":"string","minLength":1,"maxLength":500');
  }
  expect(changes.length).toBeGreaterThan(4);
});

it('writes times as texts of a format, as they are on the wire', () => {
  expect(JSON.stringify(openApiDocument(routes))).toContain(
    '"acceptedAt":{"type":"string","format":"date-time"',
  );
});
