import { expect, it } from 'vitest';
import { collectEffects } from '../../../functions/processor/effects.ts';

const put = (n: unknown) => ({ Put: { TableName: 't', Item: { pk: 'a', n } } });

it('hands over everything in its order', () => {
  const effects = collectEffects();

  effects.add([put(1), put(2)]);
  effects.add([put(3)]);

  expect(effects.close()).toEqual([put(1), put(2), put(3)]);
});

it('takes ninety items in all, and refuses more without taking any of them', () => {
  const effects = collectEffects();
  effects.add(Array.from({ length: 89 }, (_, n) => put(n)));

  expect(() => effects.add([put(1), put(2)])).toThrow(RangeError);
  effects.add([put(3)]);

  expect(effects.close()).toHaveLength(90);
});

it('takes nothing once the handler has returned', () => {
  const effects = collectEffects();
  const handedOver = effects.close();

  expect(() => effects.add([put(1)])).toThrow('after the handler had returned');
  expect(handedOver).toEqual([]);
});

it.each([
  ['Put', { Put: { TableName: 'ledger', Item: { pk: 'a' } } }],
  ['Update', { Update: { TableName: 'ledger', Key: { pk: 'a' }, UpdateExpression: 'SET a = b' } }],
  ['Delete', { Delete: { TableName: 'ledger', Key: { pk: 'a' } } }],
  [
    'ConditionCheck',
    { ConditionCheck: { TableName: 'ledger', Key: { pk: 'a' }, ConditionExpression: 'a = b' } },
  ],
  [
    'Put by an ARN',
    { Put: { TableName: 'arn:aws:dynamodb:eu-west-1:000000000000:table/ledger', Item: { pk: 'a' } } },
  ],
])("G7: refuses a %s on a table of Hooklane's own, and takes none of that call", (_, item) => {
  const effects = collectEffects(['ledger', 'state']);

  expect(() => effects.add([put(1), item])).toThrow(
    "ctx.transact may not touch ledger: it is Hooklane's own table",
  );

  expect(effects.close()).toEqual([]);
});

it('takes items of tables whose names only resemble those', () => {
  const effects = collectEffects(['ledger', 'state']);
  const named = (TableName: string) => ({ Put: { TableName, Item: { pk: 'a' } } });

  effects.add([
    named('ledger-2'),
    named('my-ledger'),
    named('arn:aws:dynamodb:eu-west-1:000000000000:table/states'),
  ]);

  expect(effects.close()).toHaveLength(3);
});

it.each([
  ['texts, numbers, flags, lists, maps, bytes', { list: [1, 'x', true, null], bytes: new Uint8Array([1]) }],
  ['sets', new Set(['a', 'b'])],
  ['big integers', 2n ** 60n],
  ['undefined', undefined],
])('takes %s', (_, value) => {
  const effects = collectEffects();

  effects.add([put(value)]);

  expect(effects.close()).toHaveLength(1);
});

it.each([
  ['a Date', new Date()],
  ['a number beyond 2^53', 2 ** 60],
  ['not a number', Number.NaN],
  ['an instance of a class', new URL('https://example.com')],
])('refuses %s, wherever it is, and takes none of that call', (_, value) => {
  const effects = collectEffects();

  expect(() => effects.add([put(1), put({ deep: [value] })])).toThrow(TypeError);

  expect(effects.close()).toEqual([]);
});

const own = ['ledger', 'state'];
const TableName = 'state';
it.each([
  ['a put', { Put: { TableName, Item: { pk: 'a' } } }],
  ['a delete', { Delete: { TableName, Key: { pk: 'a' } } }],
  [
    'a check',
    { ConditionCheck: { TableName, Key: { pk: 'a' }, ConditionExpression: 'attribute_exists(pk)' } },
  ],
  [
    'an update by ARN',
    {
      Update: {
        TableName: 'arn:aws:dynamodb:eu-central-1:123456789012:table/ledger',
        Key: { pk: 'a' },
        UpdateExpression: 'SET n = :n',
      },
    },
  ],
  ['an action beside one that is undefined', { Put: undefined, Delete: { TableName, Key: { pk: 'a' } } }],
])("refuses %s on Hooklane's own tables, which could make the event unreadable", (_, item) => {
  const effects = collectEffects(own);

  expect(() => effects.add([put(1), item])).toThrow("Hooklane's own table");
  effects.add([put(2)]);

  expect(effects.close()).toEqual([put(2)]);
});
