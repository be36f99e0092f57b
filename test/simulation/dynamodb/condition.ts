import { invalid, type Item } from './items.ts';
import { TokenReader } from './tokens.ts';

export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

export type Condition = (item: Item | undefined, placeholders: Placeholders) => boolean;
export type Operand = (item: Item | undefined, placeholders: Placeholders) => unknown;

const parsed = new Map<string, Condition>();

/** A condition, filter or key condition as a predicate. @throws for what this model does not know. */
export function parseCondition(expression: string): Condition {
  const known = parsed.get(expression);
  if (known) return known;
  const reader = new TokenReader(expression);
  const condition = readOr(reader);
  reader.expectEnd();
  parsed.set(expression, condition);
  return condition;
}

function readOr(reader: TokenReader): Condition {
  let left = readAnd(reader);
  while (reader.takes('OR')) {
    const [a, b] = [left, readAnd(reader)];
    left = (item, p) => a(item, p) || b(item, p);
  }
  return left;
}

function readAnd(reader: TokenReader): Condition {
  let left = readNot(reader);
  while (reader.takes('AND')) {
    const [a, b] = [left, readNot(reader)];
    left = (item, p) => a(item, p) && b(item, p);
  }
  return left;
}

function readNot(reader: TokenReader): Condition {
  if (reader.takes('NOT')) {
    const inner = readNot(reader);
    return (item, p) => !inner(item, p);
  }
  if (reader.takes('(')) {
    const inner = readOr(reader);
    reader.expect(')');
    return inner;
  }
  return readFunction(reader) ?? readComparison(reader);
}

function readFunction(reader: TokenReader): Condition | undefined {
  const token = reader.peek();
  if (token?.kind !== 'word' || reader.peek(1)?.text !== '(') return undefined;
  const name = reader.next().text;
  reader.expect('(');
  const subject = readOperand(reader);
  switch (name) {
    case 'attribute_exists':
      reader.expect(')');
      return (item, p) => subject(item, p) !== undefined;
    case 'attribute_not_exists':
      reader.expect(')');
      return (item, p) => subject(item, p) === undefined;
    case 'begins_with': {
      reader.expect(',');
      const prefix = readOperand(reader);
      reader.expect(')');
      return (item, p) => {
        const [text, start] = [subject(item, p), prefix(item, p)];
        return typeof text === 'string' && typeof start === 'string' && text.startsWith(start);
      };
    }
    default:
      throw new Error(`the model knows no function ${name}`);
  }
}

const comparisons: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '=': (a, b) => a !== undefined && a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => inOrder(a, b, (order) => order < 0),
  '<=': (a, b) => inOrder(a, b, (order) => order <= 0),
  '>': (a, b) => inOrder(a, b, (order) => order > 0),
  '>=': (a, b) => inOrder(a, b, (order) => order >= 0),
};

function readComparison(reader: TokenReader): Condition {
  const left = readOperand(reader);
  if (reader.takes('BETWEEN')) {
    const low = readOperand(reader);
    reader.expect('AND');
    const high = readOperand(reader);
    return (item, p) => {
      const value = left(item, p);
      const isIn = (order: number) => order >= 0;
      return inOrder(value, low(item, p), isIn) && inOrder(high(item, p), value, isIn);
    };
  }
  if (reader.takes('IN')) return readIn(left, reader);
  const operator = reader.next().text;
  const compare = comparisons[operator];
  if (!compare) throw new Error(`the model knows no operator ${operator}`);
  const right = readOperand(reader);
  return (item, p) => compare(left(item, p), right(item, p));
}

function readIn(left: Operand, reader: TokenReader): Condition {
  reader.expect('(');
  const choices: Operand[] = [];
  do choices.push(readOperand(reader));
  while (reader.takes(','));
  reader.expect(')');
  return (item, p) => choices.some((choice) => choice(item, p) === left(item, p));
}

/** A path (`a`, `#a`, `a.b`) or a value. Lists have no place in the project's expressions. */
export function readOperand(reader: TokenReader): Operand {
  const first = reader.next();
  if (first.kind === 'value') return (_, p) => valueOf(first.text, p);
  if (first.kind === 'symbol') throw invalid(`Invalid expression: "${first.text}" is no operand`);
  const path = [first];
  while (reader.takes('.')) path.push(reader.next());
  return (item, p) => {
    let value: unknown = item;
    for (const { kind, text } of path) {
      const name = kind === 'name' ? nameOf(text, p) : text;
      value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    }
    return value;
  };
}

export function nameOf(placeholder: string, { names }: Placeholders): string {
  const name = names[placeholder];
  if (name === undefined) throw invalid(`${placeholder} is not among the names`);
  return name;
}

export function valueOf(placeholder: string, { values }: Placeholders): unknown {
  const value = values[placeholder];
  if (value === undefined) throw invalid(`${placeholder} is not among the values`);
  return value;
}

function inOrder(a: unknown, b: unknown, holds: (order: number) => boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return holds(a - b);
  if (typeof a === 'string' && typeof b === 'string') return holds(a < b ? -1 : a > b ? 1 : 0);
  return false;
}
