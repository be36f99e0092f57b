import * as z from 'zod';
import { sourceName } from '../sources/source-schema.ts';
import { subscriberName } from '../sources/subscribers.ts';
import { isNotFound, problem, type Answer } from './answer.ts';
import type { OperationsDeps } from './deps.ts';
import type { InvalidPart, ProblemCause } from './problem.ts';

/** What a path names. `eventId` and `entity` hold whatever a sender may have chosen; an absent one is empty. */
export interface Named {
  readonly source: string;
  readonly eventId: string;
  readonly entity: string;
  readonly id: string;
}

interface Spec<Query extends z.ZodObject, Body extends z.ZodObject> {
  readonly method: 'GET' | 'POST';
  /** `{eventId}` and `{entity}` take everything up to what follows them, slashes too. */
  readonly path: string;
  /** `operationId` of the OpenAPI document, and what a client calls it. */
  readonly name: string;
  readonly tag: 'events' | 'lanes' | 'attention' | 'sources' | 'numbers' | 'jobs' | 'dead letters' | 'api';
  readonly summary: string;
  readonly description?: string;
  /** Default: none is taken. */
  readonly query?: Query;
  readonly body?: Body;
  /** Of the answer 200 where it is JSON. */
  readonly answer?: z.ZodType;
  /** Other content types that it may have. */
  readonly otherContent?: readonly string[];
  /** Status of another answer that has the same schema. */
  readonly otherStatus?: 202 | 503;
  /** Beside those that every route has. */
  readonly problems: readonly ProblemCause[];
  /** Asks for no signature on AWS. Default false. */
  readonly isPublic?: boolean;
  /** `?subscriber=crm` of the source `billing` is the source `billing.crm`. Default false. */
  readonly takesSubscriber?: boolean;
}

export interface Request {
  readonly named: Named;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly actor: string;
}

type Run<Query, Body> = (
  asked: { readonly named: Named; readonly query: Query; readonly body: Body; readonly actor: string },
  deps: OperationsDeps,
) => Promise<Answer>;

export interface Route extends Omit<Spec<z.ZodObject, z.ZodObject>, 'query'> {
  readonly query: z.ZodObject;
  readonly serve: (request: Request, deps: OperationsDeps) => Promise<Answer>;
}

const nothing = z.strictObject({});

const subscriberParameter = {
  subscriber: z.string().regex(sourceName).optional().meta({
    description: "Name of a subscriber of the source: it is about that one's own event, lane or state",
  }),
};

/** One route: what it takes, what it answers, and what does it. Input that its schemas do not take never reaches `run`. */
export function route<
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodObject = typeof nothing,
  Answered extends z.ZodType = z.ZodType,
>(
  spec: Spec<Query, Body> & { readonly answer?: Answered },
  run: Run<z.output<Query>, z.output<Body>>,
): Route & { readonly answer?: Answered } {
  const { takesSubscriber = false, body } = spec;
  const own = spec.query ?? nothing;
  const query = takesSubscriber ? own.extend(subscriberParameter) : own;
  return {
    ...spec,
    query,
    async serve(request, deps) {
      const asked = query.safeParse(request.query);
      if (!asked.success) return problem('invalid-query', { errors: partsOf(asked.error) });
      const sent = (body ?? z.unknown()).safeParse(body && parsed(request.body));
      if (!sent.success) return problem('invalid-body', { errors: partsOf(sent.error) });
      const { actor } = request;
      const named = takesSubscriber ? ofSubscriber(request.named, asked.data) : request.named;
      const answer = await run(
        { named, actor, query: asked.data as z.output<Query>, body: sent.data as z.output<Body> },
        deps,
      );
      // One that was taken out of the configuration still has the events that it had.
      const isMisnamed =
        Object.hasOwn(deps.sources, request.named.source) && !Object.hasOwn(deps.sources, named.source);
      return isMisnamed && isNotFound(answer) ? problem('unknown-subscriber') : answer;
    },
  };
}

function ofSubscriber(named: Named, { subscriber }: { readonly subscriber?: unknown }): Named {
  if (typeof subscriber !== 'string') return named;
  return { ...named, source: subscriberName(named.source, subscriber) };
}

/** Undefined: it is no JSON. No schema of a body takes that. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const mostParts = 10;
const longestText = 200;

/** A sender may call a parameter anything, at any length. */
const partsOf = ({ issues }: z.ZodError): readonly InvalidPart[] =>
  issues.slice(0, mostParts).map(({ path, message }) => ({
    at: short(path.join('.')),
    message: short(message),
  }));

const short = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;
