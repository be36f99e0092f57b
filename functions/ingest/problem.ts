import type { BodyCause } from '../body/parse-body.ts';
import type { Problem } from '../runtime/problem-document.ts';
import type { SignatureCause } from '../signatures/verdict.ts';
import type { EventCause } from '../sources/read-events.ts';
import type { Dependency } from './unreachable.ts';

/** Why a request was refused, as it is recorded. */
export type RequestCause =
  | 'unknown-source'
  | 'wrong-route'
  | 'method-not-allowed'
  | 'body-too-large'
  | 'rate-limited'
  | 'handshake-refused'
  | SignatureCause
  | BodyCause
  | EventCause;

/** Why a request was not taken, as its sender is told. Every way a signature can be wrong looks the same from outside. */
export type ProblemCause =
  | Exclude<RequestCause, SignatureCause>
  | 'signature-refused'
  | `${Dependency}-unreachable`
  | 'internal-error';

const badBody = (detail: string): Problem => ({ status: 400, title: 'The body cannot be used', detail });
const comeAgain = (detail: string): Problem => ({ status: 503, title: 'Temporarily unavailable', detail });
const nothingWasAcknowledged = 'Nothing was acknowledged; send the request again.';

/** The one list of what a sender can be told. */
export const problems: Readonly<Record<ProblemCause, Problem>> = {
  'unknown-source': { status: 404, title: 'Unknown source', detail: 'There is no source of this name.' },
  'wrong-route': {
    status: 404,
    title: 'Wrong address',
    detail:
      'This source takes nothing at this address: own services send to /events/, all others to /webhooks/.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'This source does not take webhooks by this method.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    detail: 'The body is larger than this source takes.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    detail: 'This source does not take bodies of this content type or encoding.',
  },
  'signature-refused': {
    status: 401,
    title: 'Not verified',
    detail: 'The request does not prove that it comes from this source.',
  },
  'handshake-refused': {
    status: 403,
    title: 'Handshake refused',
    detail: 'The request does not fit the handshake of this source.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    detail: 'The limit of this window is used up.',
  },
  'empty-body': badBody('The body is empty.'),
  'invalid-utf8': badBody('The body is not valid UTF-8.'),
  'invalid-json': badBody('The body is not valid JSON.'),
  'body-too-deep': badBody('The body is nested too deeply.'),
  'invalid-body': badBody('The body does not have the form that this source expects.'),
  'missing-id': badBody('The event has no id where this source expects it.'),
  'invalid-id': badBody('The id of the event cannot be used.'),
  'invalid-order': badBody('The number or time that orders the event cannot be used.'),
  'ledger-unreachable': comeAgain(`Events cannot be stored at the moment. ${nothingWasAcknowledged}`),
  'queue-unreachable': comeAgain(`Events cannot be queued at the moment. ${nothingWasAcknowledged}`),
  'secrets-unreachable': comeAgain(`Requests cannot be verified at the moment. ${nothingWasAcknowledged}`),
  'keys-unreachable': comeAgain(
    `The sender's keys cannot be fetched at the moment. ${nothingWasAcknowledged}`,
  ),
  'sender-unreachable': comeAgain(`The address to confirm does not answer. ${nothingWasAcknowledged}`),
  'internal-error': { status: 500, title: 'Internal error', detail: nothingWasAcknowledged },
};

const signatureCauses: Readonly<Record<SignatureCause, true>> = {
  'no-secret': true,
  'missing-signature': true,
  'malformed-signature': true,
  'wrong-signature': true,
  'timestamp-expired': true,
  'timestamp-in-future': true,
};

const isSignatureCause = (cause: RequestCause): cause is SignatureCause =>
  Object.hasOwn(signatureCauses, cause);

/** What the sender is told of a recorded cause. */
export const problemCause = (cause: RequestCause): ProblemCause =>
  isSignatureCause(cause) ? 'signature-refused' : cause;
