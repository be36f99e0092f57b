import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect } from 'vitest';
import * as z from 'zod';
import { findReadings } from '../../functions/ops/find-readings.ts';
import { openApiDocument } from '../../functions/ops/openapi.ts';
import { problemSchema } from '../../functions/ops/problem.ts';
import { routes } from '../../functions/ops/routes.ts';

const documented = z
  .object({
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          responses: z.partialRecord(z.string(), z.object({ content: z.record(z.string(), z.unknown()) })),
        }),
      ),
    ),
  })
  .parse(openApiDocument(routes));

/** The body of an answer, once status, content type and body are what the document says of the route: no field more, none less. */
export function asDescribed(
  method: string,
  path: string,
  { statusCode = 0, headers, body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2,
): unknown {
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
  const contentType = String(headers?.['content-type']);
  const parsed: unknown = contentType.endsWith('json') ? JSON.parse(bytes.toString()) : bytes.toString();
  const possible = findReadings(routes, method, path).map(({ route }) => route);
  const isOther = possible.some(({ otherStatus }) => otherStatus === statusCode);
  if (!isOther && (possible.length === 0 || statusCode >= 300)) {
    expect(roundTrip(problemSchema, parsed)).toEqual(parsed);
  } else if (contentType === 'application/json') {
    const fits = possible.some(
      ({ answer }) => !(answer instanceof z.ZodType) || isDeepStrictEqual(roundTrip(answer, parsed), parsed),
    );
    if (!fits) expect(roundTrip(possible[0]!.answer as z.ZodType, parsed)).toEqual(parsed);
  }
  if (possible.length > 0) {
    const responses = possible.map(
      (route) => documented.paths[route.path]?.[method.toLowerCase()]?.responses,
    );
    const statuses = responses.map((one) => Object.keys((one?.[statusCode] ?? { content: {} }).content));
    expect(statuses.flat()).toContain(contentType);
  }
  return parsed;
}

/** What is left of a value once it was read and written by its schema; what is wrong where it cannot be read. */
function roundTrip(schema: z.ZodType, value: unknown): unknown {
  const read = schema.safeParse(value);
  return read.success ? (JSON.parse(JSON.stringify(read.data)) as unknown) : z.prettifyError(read.error);
}
