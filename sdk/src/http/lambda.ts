import type { Answer } from '../answer.ts';
import type { Handler, IdempotentOptions } from './options.ts';
import { answerOf, createReceive, defaultMaxAnswerBytes, defaultMaxBodyBytes } from './receive.ts';

/** What API Gateway 1.0 and 2.0 and function URLs send, as far as it is used. */
export interface LambdaHttpEvent {
  readonly version?: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

export interface LambdaHttpResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** Only for API Gateway 1.0 where a header has several values. */
  readonly multiValueHeaders?: Record<string, string[]>;
  /** Only for 2.0 and function URLs. */
  readonly cookies?: string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A Lambda function behind API Gateway (REST or HTTP) or a function URL. Give it a `timeoutMs` below the function's own. */
export function idempotentLambda<Event = unknown, Db = unknown>(
  handler: Handler<Event, Db, LambdaHttpEvent, undefined>,
  options: IdempotentOptions<Event, Db> = {},
): (event: LambdaHttpEvent) => Promise<LambdaHttpResult> {
  const receive = createReceive(options);
  const maxBytes = options.maxBodyBytes ?? defaultMaxBodyBytes;
  return async (request) => {
    const bytes = Buffer.from(request.body ?? '', request.isBase64Encoded === true ? 'base64' : 'utf8');
    const body =
      bytes.byteLength > maxBytes ? ({ kind: 'too-large' } as const) : ({ kind: 'raw', bytes } as const);
    const answer = await receive({ headers: headersOf(request), body }, async (context) =>
      answerOf(
        await handler({ ...context, req: request, res: undefined }),
        options.maxAnswerBytes ?? defaultMaxAnswerBytes,
      ),
    );
    return toResult(
      answer ?? { status: 400, headers: {}, body: new Uint8Array() },
      request.version === '2.0',
    );
  };
}

/** 1.0 keeps the sender's spelling of a name, and gives all values of a header beside the last one. */
function headersOf({ headers, multiValueHeaders }: LambdaHttpEvent): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== undefined) all[name.toLowerCase()] = value;
  }
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    if (values !== undefined && values.length > 0) all[name.toLowerCase()] = values.join(', ');
  }
  return all;
}

function toResult({ status, headers, body }: Answer, isVersion2: boolean): LambdaHttpResult {
  const single: Record<string, string> = {};
  const multiple: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') single[name] = value;
    else multiple[name] = [...value];
  }
  const { 'set-cookie': cookies, ...rest } = multiple;
  if (isVersion2) for (const [name, values] of Object.entries(rest)) single[name] = values.join(', ');
  const text = Buffer.from(body).toString();
  const isText = Buffer.from(text).equals(body);
  return {
    statusCode: status,
    headers: single,
    ...(isVersion2 && cookies !== undefined && { cookies }),
    ...(!isVersion2 && Object.keys(multiple).length > 0 && { multiValueHeaders: multiple }),
    body: isText ? text : Buffer.from(body).toString('base64'),
    isBase64Encoded: !isText,
  };
}
