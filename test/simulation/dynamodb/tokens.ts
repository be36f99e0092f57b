import { invalid } from './items.ts';

export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'symbol';
  readonly text: string;
}

const pattern = /\s*(?:(#\w+)|(:\w+)|([A-Za-z_]\w*)|(<>|<=|>=|[=<>(),.+-]))/y;

/** `#name`, `:value`, words and symbols. @throws for anything else. */
function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(expression);
    if (!match)
      throw invalid(`Invalid expression: cannot read "${expression.slice(from)}" of "${expression}"`);
    const [, name, value, word, symbol] = match;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (value !== undefined) tokens.push({ kind: 'value', text: value });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'symbol', text: symbol ?? '' });
  }
  return tokens;
}

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokenize(expression);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw invalid(`Invalid expression: "${this.#expression}" ends too early`);
    return token;
  }

  /** Keywords are written in upper case throughout the project. */
  takes(text: string): boolean {
    const token = this.peek();
    if (token === undefined || token.text !== text || token.kind === 'name' || token.kind === 'value')
      return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw invalid(`Invalid expression: expected ${text} in "${this.#expression}"`);
  }

  expectEnd(): void {
    if (!this.isAtEnd)
      throw invalid(`Invalid expression: "${this.peek()?.text ?? ''}" is too much in "${this.#expression}"`);
  }
}
