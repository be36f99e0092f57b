import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { BadRequest, Told } from './observed.ts';
import { shuffled, type StormEvent } from './weather.ts';

export interface Gateway {
  readonly url: string;
  /** By source. */
  readonly secrets: Readonly<Record<string, readonly string[]>>;
}

const answer = z.object({ status: z.string() });

async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Told> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  try {
    return { status: response.status, said: answer.parse(JSON.parse(text)).status };
  } catch {
    return { status: response.status, said: '' };
  }
}

const signature = (body: string, secret: string) => ({
  'x-storm-signature': createHmac('sha256', secret).update(body).digest('hex'),
});

const bodyOf = ({ eventId, entity, place }: StormEvent): string =>
  JSON.stringify({ id: eventId, type: 'blown', entity, ...(place !== undefined && { n: place + 1 }) });

/**
 * Sends every event as often as it has copies, at the same time. Lanes run side by side; in a lane of `orders` an event is sent when the one before
 * is acknowledged, in one of `numbered` in any order.
 */
export async function sendStorm(
  events: readonly StormEvent[],
  { url, secrets }: Gateway,
  seed: number,
  onSent: () => void,
): Promise<ReadonlyMap<StormEvent, readonly Told[]>> {
  const told = new Map<StormEvent, readonly Told[]>();
  const sendOne = async (event: StormEvent) => {
    const body = bodyOf(event);
    const headers = signature(body, secrets[event.source]?.[0] ?? '');
    const copies = Array.from({ length: event.copies }, () =>
      post(`${url}/webhooks/${event.source}`, body, headers),
    );
    told.set(event, await Promise.all(copies));
    onSent();
  };
  const lanes = [...Map.groupBy(events, ({ lane }) => lane).values()].map((ofLane) =>
    ofLane[0]?.source === 'numbered' ? shuffled(ofLane, seed) : ofLane,
  );
  await sideBySide(lanes, async (ofLane) => {
    for (const event of ofLane) await sendOne(event);
  });
  return told;
}

const atATime = 8;

async function sideBySide<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atATime }, work));
}

/** What no gateway may take: each is refused, and none becomes an event. */
export async function sendBadInput({ url, secrets }: Gateway): Promise<readonly BadRequest[]> {
  const good = JSON.stringify({ id: 'bad', type: 'blown', entity: 'bad' });
  const secret = secrets['orders']?.[0] ?? '';
  const cases: readonly (readonly [string, number, string, string, Readonly<Record<string, string>>])[] = [
    ['no signature', 401, 'orders', good, {}],
    ['a signature made with another secret', 401, 'orders', good, signature(good, 'another')],
    ['a signature of another body', 401, 'orders', good, signature(`${good} `, secret)],
    ['no JSON', 400, 'orders', '{"id":', signature('{"id":', secret)],
    ['no id', 400, 'orders', '{"type":"blown"}', signature('{"type":"blown"}', secret)],
    ['an empty body', 400, 'orders', '', signature('', secret)],
    ['an unknown source', 404, 'nobody', good, signature(good, secret)],
  ];
  return await Promise.all(
    cases.map(async ([what, expected, source, body, headers]) => {
      const { status } = await post(`${url}/webhooks/${source}`, body, headers);
      return { what, expected, status };
    }),
  );
}
