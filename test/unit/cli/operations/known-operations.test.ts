import { expect, test } from 'vitest';
import { knownOperations } from '../../../../cli/operations/known-operations.ts';
import { routes } from '../../../../functions/ops/routes.ts';

test.each(Object.entries(knownOperations))(
  'the client knows %s by the very path and schema that the API has',
  (name, { method, path, answer }) => {
    const served = routes.find((route) => route.name === name);

    expect([served?.method, served?.path]).toEqual([method, path]);
    expect(served?.answer).toBe(answer);
  },
);
