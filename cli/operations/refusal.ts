import * as z from 'zod';
import { eventStates } from '../../functions/ops/meanings.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { span } from '../terminal/moment.ts';
import type { Target } from './target.ts';

/** What a problem of the API and a refusal of API Gateway may hold. */
const refusal = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  cause: z.string().optional(),
  state: z.string().optional(),
  errors: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** Older or newer clocks than this are refused by AWS. */
export const mostSkewMs = 5 * 60_000;

const meanings: Readonly<Record<string, string>> = eventStates;

/** What an answer that is no 2xx means for whoever runs the command. `what` names what was asked for. */
export function refusalError(
  { status, headers }: Response,
  text: string,
  { what, target, now }: { readonly what: string; readonly target: Target; readonly now: Date },
): CommandError {
  const problem = parsed(text);
  const { title, detail, state, errors = [] } = problem ?? {};
  const parts = errors.map(({ at, message }) => `  ${at === '' ? 'body' : at}: ${message}`);
  const lines = [
    `${what}: ${title ?? `answered ${status}`}`,
    ...(detail === undefined ? [] : [detail]),
    ...parts,
  ];
  if (status === 409 && state !== undefined)
    lines.push(`Its state is ${state}. ${meanings[state] ?? ''}`.trimEnd());
  if (status === 401 || status === 403) lines.push(...whyDenied(problem, target, skewOf(headers, now)));
  else if (problem === undefined && text.trim() !== '') lines.push(text.trim().slice(0, 500));
  else if (problem?.title === undefined && problem?.message !== undefined) lines.push(problem.message);
  return new CommandError(lines.join('\n'), exitCodeOf(status), problem ?? text.slice(0, 500));
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return exitCodes.denied;
  if (status === 404 || status === 410) return exitCodes.unknown;
  if (status === 409) return exitCodes.refused;
  if (status === 429 || status >= 500) return exitCodes.away;
  return exitCodes.usage;
}

function whyDenied(
  problem: z.output<typeof refusal> | undefined,
  { account, where }: Target,
  skewMs: number,
): readonly string[] {
  const said = problem?.message ?? problem?.Message ?? '';
  const lines = said === '' ? [] : [said];
  if (account === undefined) return [...lines, `${where} takes no unsigned request from here.`];
  if (skewMs > mostSkewMs) {
    return [...lines, `The clock of this machine is ${span(skewMs)} off: set it, signatures are refused.`];
  }
  if (/expired/i.test(said))
    return [...lines, 'The credentials have expired: sign in again ("aws sso login").'];
  return [
    ...lines,
    'Do these credentials have execute-api:Invoke on this API? See the runbook, "Looking and acting".',
  ];
}

/** How far this clock is from that of whoever answered. */
export function skewOf(headers: Headers, now: Date): number {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) ? 0 : Math.abs(now.getTime() - theirs);
}

function parsed(text: string): z.output<typeof refusal> | undefined {
  try {
    return refusal.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
