import * as z from 'zod';
import { found } from '../answer.ts';
import { route, type Route } from '../route.ts';

/** A table of routes cannot stand in itself: what writes it down is handed in. */
export const openApiRoute = (describe: () => unknown): Route =>
  route(
    {
      method: 'GET',
      path: '/ops/openapi.json',
      name: 'readOpenApi',
      tag: 'api',
      summary: 'This document: OpenAPI 3.1',
      answer: z.looseObject({ openapi: z.string() }),
      problems: [],
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    async () => found(describe()),
  );
