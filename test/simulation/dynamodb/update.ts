import { nameOf, readOperand, type Operand, type Placeholders } from './condition.ts';
import type { Item } from './items.ts';
import { TokenReader } from './tokens.ts';

type Change = (item: Item, before: Item, placeholders: Placeholders) => void;

const parsed = new Map<string, readonly Change[]>();

/** Applies SET, ADD (numbers) and REMOVE of top-level attributes. @throws for what this model does not know. */
export function applyUpdate(expression: string, before: Item, placeholders: Placeholders): Item {
  const item = { ...before };
  for (const change of changesOf(expression)) change(item, before, placeholders);
  return item;
}

function changesOf(expression: string): readonly Change[] {
  const known = parsed.get(expression);
  if (known) return known;
  const reader = new TokenReader(expression);
  const changes: Change[] = [];
  while (!reader.isAtEnd) {
    const readChange = clauses[reader.next().text];
    if (!readChange) throw new Error(`the model cannot update by "${expression}"`);
    do changes.push(readChange(reader));
    while (reader.takes(','));
  }
  parsed.set(expression, changes);
  return changes;
}

const clauses: Readonly<Record<string, (reader: TokenReader) => Change>> = {
  SET(reader) {
    const name = readName(reader);
    reader.expect('=');
    const value = readSum(reader);
    return (item, before, p) => {
      item[name(p)] = value(before, p);
    };
  },
  ADD(reader) {
    const name = readName(reader);
    const amount = readOperand(reader);
    return (item, before, p) => {
      item[name(p)] = numeric(before[name(p)] ?? 0) + numeric(amount(before, p));
    };
  },
  REMOVE(reader) {
    const name = readName(reader);
    return (item, _, p) => {
      Reflect.deleteProperty(item, name(p));
    };
  },
};

function readName(reader: TokenReader): (placeholders: Placeholders) => string {
  const { kind, text } = reader.next();
  return (p) => (kind === 'name' ? nameOf(text, p) : text);
}

function readSum(reader: TokenReader): Operand {
  const left = readTerm(reader);
  const sign = reader.takes('+') ? 1 : reader.takes('-') ? -1 : undefined;
  if (sign === undefined) return left;
  const right = readTerm(reader);
  return (item, p) => numeric(left(item, p)) + sign * numeric(right(item, p));
}

function readTerm(reader: TokenReader): Operand {
  if (reader.peek()?.text !== 'if_not_exists') return readOperand(reader);
  reader.next();
  reader.expect('(');
  const path = readOperand(reader);
  reader.expect(',');
  const otherwise = readOperand(reader);
  reader.expect(')');
  return (item, p) => path(item, p) ?? otherwise(item, p);
}

function numeric(value: unknown): number {
  if (typeof value !== 'number') throw new Error('only numbers can be added up');
  return value;
}
