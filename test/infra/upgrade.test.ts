import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { functions } from '../../functions/runtime/settings.ts';
import { obstacles, stackFacts, stackFactsOf } from '../released/stack-facts.ts';
import { buildStack } from './synthesis.ts';
import { resourcesOf } from './template.ts';

const root = join(import.meta.dirname, '../..');
const released = join(root, 'test/released');
const kept = readdirSync(released, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => ({
    name,
    facts: stackFacts.parse(JSON.parse(readFileSync(join(released, name, 'stack.json'), 'utf8'))),
  }));

const now = stackFactsOf(resourcesOf(buildStack()));

/** `DeadLetter70818289`, as CloudFormation knows a function, by the name that it has here. */
const nameIn = (logicalId: string) =>
  logicalId
    .replace(/[0-9A-F]{8}$/, '')
    .replaceAll(/\B[A-Z]/g, '-$&')
    .toLowerCase();

describe.each(kept)('a stack of version $name', ({ facts }) => {
  it('is updated to this one in place', () => {
    expect(obstacles(facts, now)).toEqual([]);
  });

  // CloudFormation changes a function's code and its variables by two calls.
  const ours = Object.entries(facts.variables).filter(([id]) => nameIn(id) in functions);

  it.each(ours)('runs the code of this version with the variables that %s has', async (id, names) => {
    const environment = {
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: id,
      ...Object.fromEntries(names.map((name) => [name, `a-${name}`])),
    };
    const file = join(root, `functions/${nameIn(id)}/handler.ts`);
    const text = `console.log(typeof (await import(${JSON.stringify(file)})).handler); process.exit();`;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text], {
      env: environment,
    });

    expect(ours.length).toBeGreaterThan(4);
    expect(stdout.trim()).toBe('function');
  });
});

describe('what keeps a stack from being updated while it works', () => {
  const index = { KeySchema: [{ AttributeName: 'lane', KeyType: 'HASH' }] };
  const before = stackFacts.parse({
    variables: { Ingest: ['QUEUE'] },
    stateful: { Ledger: { type: 'AWS::DynamoDB::Table', keys: { KeySchema: ['pk'] } } },
    indexes: { Ledger: { 'by-lane': index } },
    routes: ['GET /health'],
  });

  it.each([
    ['a table with other keys', { stateful: { Ledger: { type: 'AWS::DynamoDB::Table', keys: {} } } }],
    ['a table under another id', { stateful: {} }],
    ['an index with another key', { indexes: { Ledger: { 'by-lane': { KeySchema: [] } } } }],
    ['two new indexes at once', { indexes: { Ledger: { 'by-lane': index, one: index, two: index } } }],
    ['a variable that is gone', { variables: { Ingest: [] } }],
    ['a route that is gone', { routes: [] }],
  ])('is %s', (_what, change) => {
    expect(obstacles(before, stackFacts.parse({ ...before, ...change }))).toHaveLength(1);
  });

  it('is nothing that is added', () => {
    const after = stackFacts.parse({
      variables: { Ingest: ['MORE', 'QUEUE'], Other: [] },
      stateful: { ...before.stateful, Second: { type: 'AWS::SQS::Queue', keys: {} } },
      indexes: { Ledger: { 'by-lane': index, 'by-type': index } },
      routes: ['GET /health', 'GET /more'],
    });

    expect(obstacles(before, after)).toEqual([]);
  });
});
