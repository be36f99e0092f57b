import { randomBytes, randomUUID } from 'node:crypto';
import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransactItem } from '../../functions/api/handler.ts';
import type { Entry, EntryState, EventState, NewEntry } from '../../functions/ledger/entry.ts';
import { eventKey, rejectionPartition, type EventKey } from '../../functions/ledger/keys.ts';
import type { Ledger } from '../../functions/ledger/ledger.ts';
import { transitions } from '../../functions/ledger/transitions.ts';
import { UnreadableItem } from '../../functions/ledger/unreadable.ts';
import { cancellations } from '../../functions/ledger/write-failure.ts';
import {
  failingFirst,
  intercept,
  isWrite,
  losingAnswers,
  type Dynamo,
  type SentCommand,
} from '../support/intercept.ts';
import {
  acceptedAt,
  anEvent,
  appendAll,
  ledgerOn,
  memoryObjects,
  processed,
  processing,
} from '../support/ledger-fixture.ts';

interface LedgerHome {
  readonly dynamodb: Dynamo;
  readonly ledgerTable: string;
  /** A table of another purpose with the same keys, for what commits alongside. */
  readonly stateTable: string;
  close(): Promise<void>;
}

/** What a ledger promises, whatever database it stands on. */
export function ledgerContract(name: string, start: () => Promise<LedgerHome>): void {
  describe(`the ledger on ${name}`, () => {
    let home: LedgerHome;
    let ledger: Ledger;
    beforeAll(async () => {
      home = await start();
      ledger = ledgerOn(home.dynamodb, home.ledgerTable).ledger;
    });
    afterAll(() => home.close());

    const on = (dynamodb: Dynamo) => ledgerOn(dynamodb, home.ledgerTable);
    const newKey = () => eventKey('acme', randomUUID());
    const stateKey = () => ({ pk: `TEST#${randomUUID()}`, sk: 'A' });
    const put = (key: object, fields: object = {}): TransactItem => ({
      Put: { TableName: home.stateTable, Item: { ...key, ...fields } },
    });
    const putIfAbsent = (key: object): TransactItem => ({
      Put: { TableName: home.stateTable, Item: { ...key }, ConditionExpression: 'attribute_not_exists(pk)' },
    });
    const kept = async (Key: Record<string, unknown>) => {
      const { Item } = await home.dynamodb.send(
        new GetCommand({ TableName: home.stateTable, Key, ConsistentRead: true }),
      );
      return Item;
    };
    const entriesOf = async (key: EventKey) => (await ledger.read(key)).entries;

    describe('accept', () => {
      it('stores an event as it came, once', async () => {
        const event = anEvent({
          lane: 'acme#customer-7',
          traceParent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
          order: { sequence: 7, version: '1764000000.5' },
        });

        const outcome = await ledger.accept(event);

        const { event: stored, entries } = await ledger.read(eventKey('acme', event.eventId));
        expect(outcome).toEqual({ kind: 'accepted' });
        expect(entries).toEqual([]);
        const { raw, ...fields } = event;
        expect(stored).toMatchObject({ ...fields, bodyBytes: raw.byteLength });
        expect(Buffer.from((await ledger.readBody(stored!))!)).toEqual(raw);
      });

      it('knows an event without an entity by its own lane', async () => {
        const eventId = randomUUID();
        const key = eventKey('acme', eventId);

        await ledger.accept(anEvent({ eventId, lane: key }));

        expect((await ledger.read(key)).event?.lane).toBe(key);
      });

      it('counts the days of a body in whole seconds', async () => {
        const event = anEvent({ expiresAt: new Date('2027-02-22T10:00:00.999Z') });

        await ledger.accept(event);

        const { event: stored } = await ledger.read(eventKey('acme', event.eventId));
        expect(stored?.expiresAt).toEqual(new Date('2027-02-22T10:00:00.000Z'));
      });

      it('G2: calls a second copy a duplicate, and hands over what is stored and what became of it', async () => {
        const event = anEvent();
        const key = eventKey('acme', event.eventId);
        await ledger.accept(event);

        const early = await ledger.accept({ ...event, nonce: randomUUID() });
        await appendAll({ ledger }, key, processing(), processed({ result: { total: 3 } }));
        const late = await ledger.accept({ ...event, nonce: randomUUID() });

        expect(early).toMatchObject({ kind: 'duplicate', sameBody: true, newest: undefined });
        expect(late).toMatchObject({
          kind: 'duplicate',
          sameBody: true,
          stored: { eventId: event.eventId, nonce: event.nonce },
          newest: { state: 'processed', number: 2, result: { total: 3 } },
        });
      });

      it('G2: lets the first body stand where another comes under the same id', async () => {
        const event = anEvent({ raw: Buffer.from('{"amount":1}') });
        await ledger.accept(event);

        const outcome = await ledger.accept({
          ...event,
          nonce: randomUUID(),
          raw: Buffer.from('{"amount":1000000}'),
          type: 'other',
          lane: 'acme#customer-666',
        });

        const { event: stored } = await ledger.read(eventKey('acme', event.eventId));
        expect(outcome).toMatchObject({ kind: 'duplicate', sameBody: false });
        expect(stored).toMatchObject({ type: 'invoice.paid', lane: 'acme#customer-1' });
        expect(Buffer.from((await ledger.readBody(stored!))!).toString()).toBe('{"amount":1}');
      });

      it('G2: accepts one of a hundred copies that arrive together', async () => {
        const event = anEvent();

        const outcomes = await Promise.all(
          Array.from({ length: 100 }, () => ledger.accept({ ...event, nonce: randomUUID() })),
        );

        expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'duplicate')).toHaveLength(99);
      });

      it('G1: takes its own write for accepted when the answer to it was lost', async () => {
        const event = anEvent();

        const own = await on(losingAnswers(home.dynamodb)).ledger.accept(event);
        const another = await ledger.accept({ ...event, nonce: randomUUID() });

        expect(own).toEqual({ kind: 'accepted' });
        expect(another.kind).toBe('duplicate');
      });

      it('G1: throws where the table refuses for another reason', async () => {
        const { dynamodb } = failingFirst(home.dynamodb, [throttled()]);

        await expect(on(dynamodb).ledger.accept(anEvent())).rejects.toThrow(
          ProvisionedThroughputExceededException,
        );
      });
    });

    describe('append', () => {
      it('G7: numbers what happens to an event and reads it back in order, with the time of each', async () => {
        const key = newKey();
        let now = acceptedAt;
        const { ledger: ticking } = ledgerOn(home.dynamodb, home.ledgerTable, { now: () => now });

        const began = await appendAll(
          { ledger: ticking },
          key,
          processing({ lane: 'acme#customer-1', generation: 2, replay: 1 }),
        );
        now = new Date(acceptedAt.getTime() + 1500);
        await ticking.append(key, began, processed({ result: { ok: true }, durationMs: 1499.5 }));

        const entries = await entriesOf(key);
        const { nonce, ...first } = entries[0]!;
        expect(nonce).toMatch(/^[0-9a-f-]{36}$/);
        const carriedOn = { generation: 2, replay: 1, attempt: 1 };
        expect(first).toEqual({
          ...processing(),
          ...carriedOn,
          number: 1,
          lane: 'acme#customer-1',
          at: acceptedAt,
        });
        expect(entries[1]).toMatchObject({
          ...processed(),
          ...carriedOn,
          number: 2,
          durationMs: 1499.5,
          result: { ok: true },
          at: now,
        });
        expect(await ledger.newest(key)).toEqual(entries[1]);
      });

      it.each([9, 99, 12_345])('reads number %i before the next one', async (number) => {
        const key = newKey();

        await ledger.append(key, entryOf(number), processing());
        await ledger.append(key, entryOf(number - 1), processing());

        expect((await entriesOf(key)).map((entry) => entry.number)).toEqual([number, number + 1]);
        expect((await ledger.newest(key))?.number).toBe(number + 1);
      });

      it('G7: takes every step that the life of an event has, refuses every other, and then writes nothing', async () => {
        const effect = stateKey();
        const taken: string[] = [];

        for (const [from, to] of everyStep) {
          const key = newKey();
          const newest = from === 'pending' ? undefined : entryOf(1, from);
          try {
            await ledger.append(key, newest, decisions[to], { effects: [put(effect, { from, to })] });
            taken.push(`${from} ${to}`);
          } catch (refusal) {
            expect(String(refusal)).toBe(`TransitionError: an event cannot become ${to} when it is ${from}`);
            expect(await ledger.newest(key)).toBeUndefined();
            expect(await kept(effect)).not.toMatchObject({ from, to });
          }
        }

        const known = everyStep.filter(([from, to]) => transitions[from].includes(to));
        expect(taken).toEqual(known.map(([from, to]) => `${from} ${to}`));
        expect(taken.length).toBeLessThan(everyStep.length / 2);
      });

      it('G6: fences whoever comes second to a number, and names the winner', async () => {
        const key = newKey();
        await ledger.append(key, undefined, processing({ worker: 'processor/first' }));

        const outcome = await ledger.append(key, undefined, processing({ worker: 'processor/second' }));

        expect(outcome).toMatchObject({ kind: 'fenced', by: { worker: 'processor/first', number: 1 } });
        expect(await entriesOf(key)).toMatchObject([{ worker: 'processor/first' }]);
      });

      it('G6: fences a transaction too, and none of it happens', async () => {
        const key = newKey();
        const effect = stateKey();
        await ledger.append(key, undefined, processing());

        const outcome = await ledger.append(key, undefined, processing(), { effects: [put(effect)] });

        expect(outcome).toMatchObject({ kind: 'fenced', by: { number: 1 } });
        expect(await kept(effect)).toBeUndefined();
      });

      it('G6: lets one of fifty writers that meet at a number win, alone or in transactions', async () => {
        const key = newKey();

        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            ledger.append(
              key,
              undefined,
              processing({ worker: `w${i}` }),
              i % 2 ? { upkeep: [put(stateKey())] } : {},
            ),
          ),
        );

        const winners = outcomes.filter((outcome) => outcome.kind === 'appended');
        expect(winners).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'fenced')).toHaveLength(49);
        expect(await entriesOf(key)).toEqual(winners.map(({ entry }) => entry));
      });

      it.each([
        ['alone', false, undefined],
        ['in a transaction', true, undefined],
        ['in a transaction whose token is forgotten', true, forgetToken],
      ])(
        'takes its own write %s for appended when the answer to it was lost',
        async (_, inTransaction, forget) => {
          const key = newKey();
          const effect = stateKey();
          const { ledger: unlucky } = on(losingAnswers(home.dynamodb, forget));

          const outcome = await unlucky.append(key, undefined, processing(), {
            lane: inTransaction ? [putIfAbsent(effect)] : [],
          });

          expect(outcome).toMatchObject({ kind: 'appended', entry: { number: 1 } });
          expect(await entriesOf(key)).toHaveLength(1);
          expect(await kept(effect)).toEqual(inTransaction ? effect : undefined);
        },
      );

      it('G5: commits lane, effects and upkeep with the entry', async () => {
        const [lane, effect, upkeep] = [stateKey(), stateKey(), stateKey()];
        const key = newKey();

        const outcome = await ledger.append(key, undefined, processing(), {
          lane: [putIfAbsent(lane)],
          effects: [put(effect, { total: 3 })],
          upkeep: [put(upkeep)],
        });

        expect(outcome.kind).toBe('appended');
        expect(await Promise.all([lane, effect, upkeep].map(kept))).toEqual([
          lane,
          { ...effect, total: 3 },
          upkeep,
        ]);
      });

      it('tells a lane that has moved, and nothing has happened', async () => {
        const [lane, effect, upkeep] = [stateKey(), stateKey(), stateKey()];
        const key = newKey();
        await home.dynamodb.send(new PutCommand({ TableName: home.stateTable, Item: lane }));

        const outcome = await ledger.append(key, undefined, processing(), {
          lane: [putIfAbsent(lane)],
          effects: [put(effect)],
          upkeep: [put(upkeep)],
        });

        expect(outcome).toEqual({ kind: 'lane-moved' });
        expect(await Promise.all([effect, upkeep].map(kept))).toEqual([undefined, undefined]);
        expect(await entriesOf(key)).toEqual([]);
      });

      it("G5: names the handler's item and table whose condition failed, and nothing has happened", async () => {
        const [lane, free, taken] = [stateKey(), stateKey(), stateKey()];
        const key = newKey();
        await home.dynamodb.send(new PutCommand({ TableName: home.stateTable, Item: taken }));

        const outcome = await ledger.append(key, undefined, processing(), {
          lane: [putIfAbsent(lane)],
          effects: [put(free), putIfAbsent(taken)],
        });

        expect(outcome).toEqual({
          kind: 'effects-refused',
          reason: `item 1 of ctx.transact, Put of ${home.stateTable}: its condition failed`,
        });
        expect(await Promise.all([lane, free].map(kept))).toEqual([undefined, undefined]);
        expect(await entriesOf(key)).toEqual([]);
      });

      it('calls it fenced where entry, lane and effects are refused together', async () => {
        const taken = stateKey();
        const key = newKey();
        await home.dynamodb.send(new PutCommand({ TableName: home.stateTable, Item: taken }));
        await ledger.append(key, undefined, processing());

        const outcome = await ledger.append(key, undefined, processing(), {
          lane: [putIfAbsent(taken)],
          effects: [putIfAbsent({ ...taken, sk: 'B' })],
        });

        expect(outcome.kind).toBe('fenced');
      });

      it.each<[string, (stateTable: string) => TransactItem[]]>([
        [
          'touch one item twice',
          (TableName) => [1, 2].map(() => ({ Put: { TableName, Item: { pk: 'x', sk: 'y' } } })),
        ],
        ['have a key of the wrong type', (TableName) => [{ Put: { TableName, Item: { pk: 1, sk: 'y' } } }]],
        [
          'name no table of ours',
          () => [{ Put: { TableName: 'no-such-table', Item: { pk: 'x', sk: 'y' } } }],
        ],
        [
          'have an expression that is none',
          (TableName) => [{ Put: { TableName, Item: { pk: 'x', sk: 'y' }, ConditionExpression: 'pk ==' } }],
        ],
      ])("calls effects that %s the handler's failure, and names their tables", async (_, effects) => {
        const key = newKey();

        const outcome = await ledger.append(key, undefined, processing(), {
          effects: effects(home.stateTable),
        });

        const [first] = effects(home.stateTable);
        expect(outcome).toHaveProperty('kind', 'effects-refused');
        expect(outcome).toHaveProperty(
          'reason',
          expect.stringMatching(new RegExp(`ctx\\.transact.* Put of ${first?.Put?.TableName}`)),
        );
        expect(await entriesOf(key)).toEqual([]);
      });

      it('throws what DynamoDB refuses as a whole where no effects are in it', async () => {
        const lane = [1, 2].map(() => put({ pk: 'x', sk: 'y' }));

        await expect(ledger.append(newKey(), undefined, processing(), { lane })).rejects.toThrow();
      });

      it.each([
        ['a conflict over its entry', ['TransactionConflict', 'None']],
        ['a throttle', ['None', 'ThrottlingError']],
        ['a table that grows', ['None', 'ProvisionedThroughputExceeded']],
      ])('tries again after %s, with growing pauses and under one token', async (_, reasons) => {
        const key = newKey();
        const { dynamodb, tried } = failingFirst(home.dynamodb, [cancelled(reasons), cancelled(reasons)]);
        const { ledger: unlucky, pausesMs } = on(dynamodb);

        const outcome = await unlucky.append(key, undefined, processing(), { upkeep: [put(stateKey())] });

        expect(outcome.kind).toBe('appended');
        expect(pausesMs).toHaveLength(2);
        expect(pausesMs[1]).toBeGreaterThan(pausesMs[0]!);
        expect(new Set(tried.map(tokenOf)).size).toBe(1);
        expect(await entriesOf(key)).toHaveLength(1);
      });

      it('reads a conflict over the lane as a lane that has moved', async () => {
        const { dynamodb } = failingFirst(home.dynamodb, [cancelled(['None', 'TransactionConflict'])]);

        const outcome = await on(dynamodb).ledger.append(newKey(), undefined, processing(), {
          lane: [put(stateKey())],
        });

        expect(outcome).toEqual({ kind: 'lane-moved' });
      });

      it("tries again after a conflict over the handler's own item", async () => {
        const { dynamodb } = failingFirst(home.dynamodb, [cancelled(['None', 'TransactionConflict'])]);

        const outcome = await on(dynamodb).ledger.append(newKey(), undefined, processing(), {
          effects: [put(stateKey())],
        });

        expect(outcome.kind).toBe('appended');
      });

      it('gives up in the end and throws what stood in the way', async () => {
        const conflict = cancelled(['TransactionConflict', 'None']);
        const { dynamodb, tried } = failingFirst(home.dynamodb, Array<Error>(20).fill(conflict));
        const { ledger: unlucky, pausesMs } = on(dynamodb);

        const append = unlucky.append(newKey(), undefined, processing(), { upkeep: [put(stateKey())] });

        await expect(append).rejects.toBe(conflict);
        expect(tried.length).toBeLessThan(10);
        expect(pausesMs.reduce((sum, ms) => sum + ms)).toBeLessThan(2000);
      });

      it('gives each append a token of its own', async () => {
        const { dynamodb, tried } = failingFirst(home.dynamodb, []);

        for (let n = 0; n < 2; n++) {
          await on(dynamodb).ledger.append(newKey(), undefined, processing(), { upkeep: [put(stateKey())] });
        }

        expect(new Set(tried.map(tokenOf)).size).toBe(2);
        expect(tokenOf(tried[0]!)).toMatch(/^.{1,36}$/);
      });
    });

    describe('read', () => {
      it('finds nothing of an event that never was', async () => {
        const key = newKey();

        expect(await ledger.read(key)).toMatchObject({ event: undefined, entries: [] });
        expect(await ledger.newest(key)).toBeUndefined();
      });

      it('reads to the last page', async () => {
        const event = anEvent({ raw: randomBytes(290 * 1024) });
        const key = eventKey('acme', event.eventId);
        const pages: unknown[] = [];
        const counting = intercept(home.dynamodb, async (_, next) => {
          const page = await next();
          pages.push(page);
          return page;
        });
        await ledger.accept(event);
        for (let number = 1; number <= 12; number++) {
          const big = processing({ worker: 'x'.repeat(100 * 1024) });
          await ledger.append(key, number === 1 ? undefined : entryOf(number - 1), big);
        }

        const { event: stored, entries } = await on(counting).ledger.read(key);

        expect(pages.length).toBeGreaterThan(1);
        expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
        expect(Buffer.from((await ledger.readBody(stored!))!).equals(event.raw)).toBe(true);
      });

      it('G6: always reads consistently', async () => {
        const queries: SentCommand[] = [];
        const recording = intercept(home.dynamodb, async (command, next) => {
          if (!isWrite(command)) queries.push(command);
          return await next();
        });
        const { ledger: recorded } = on(recording);
        const event = anEvent();
        const key = eventKey('acme', event.eventId);

        await recorded.accept(event);
        await recorded.accept({ ...event, nonce: randomUUID() });
        await recorded.read(key);
        await recorded.newest(key);
        await recorded.readWithNotes(key);

        expect(queries.map(({ input }) => input.ConsistentRead)).toEqual(Array(5).fill(true));
      });
    });

    describe('an item that cannot be read', () => {
      it.each([
        ['EVENT', { source: 'acme' }],
        ['LOG#000001', { state: 'a state that a newer version knows', number: 1 }],
        ['LOG#000001', { state: 'processed', number: 1, durationMs: 'long' }],
        ['LOG#000001', { ...decisions.processed, at: 'x', number: 1, result: '{' }],
        ['NOTE#2026', { what: 'whatever' }],
        ['LETTER#000001', { what: 'dead-lettered', at: 'soon' }],
      ])('%s: is named by its event, and nothing of it is taken for true: %o', async (sk, item) => {
        const key = newKey();
        await home.dynamodb.send(
          new PutCommand({ TableName: home.ledgerTable, Item: { pk: key, sk, ...item } }),
        );

        const refusal = await ledger.readWithNotes(key).catch((error: unknown) => error);

        expect(refusal).toBeInstanceOf(UnreadableItem);
        expect(refusal).toMatchObject({ about: key, message: `${key} ${sk} cannot be read` });
      });
    });

    describe('note', () => {
      it('G7: keeps every note of an event, those of one moment too, away from its entries', async () => {
        const event = anEvent();
        const key = eventKey('acme', event.eventId);
        await ledger.accept(event);
        await ledger.append(key, undefined, processing());

        await ledger.note(key, {
          what: 'duplicate',
          actor: 'ingest',
          sameBody: false,
          answered: 'duplicate',
        });
        await ledger.note(key, { what: 'fenced', actor: 'processor/2', attempt: 1, reason: 'late' });

        const { notes, entries, event: stored } = await ledger.readWithNotes(key);
        expect(notes.toSorted((a, b) => (a.what < b.what ? -1 : 1))).toEqual([
          { what: 'duplicate', actor: 'ingest', sameBody: false, answered: 'duplicate', at: acceptedAt },
          { what: 'fenced', actor: 'processor/2', attempt: 1, reason: 'late', at: acceptedAt },
        ]);
        expect(entries).toHaveLength(1);
        expect(stored?.eventId).toBe(event.eventId);
        expect(await ledger.read(key)).toMatchObject({ event: stored, entries });
      });

      it('commits with an entry or not at all', async () => {
        const key = newKey();
        const note = { what: 'released' as const, actor: 'sweeper', reason: 'the gap lasted long enough' };

        await ledger.append(key, undefined, processing(), { upkeep: [ledger.notePut(key, note)] });
        await ledger.append(key, undefined, processing(), { upkeep: [ledger.notePut(key, note)] });

        const { notes } = await ledger.readWithNotes(key);
        expect(notes).toEqual([{ ...note, at: acceptedAt }]);
      });

      it('of the newest two thousand are read, oldest first, and no more requests are made than for those', async () => {
        const key = newKey();
        let now = acceptedAt.getTime();
        const { ledger: ticking } = ledgerOn(home.dynamodb, home.ledgerTable, { now: () => new Date(now) });
        await appendAll({ ledger }, key, processing());
        for (let n = 0; n < 3000; n += 90) {
          const notes = Array.from({ length: Math.min(90, 3000 - n) }, (_, i) => {
            now++;
            return ticking.notePut(key, { what: 'duplicate', actor: 'ingest', answered: String(n + i) });
          });
          await home.dynamodb.send(new TransactWriteCommand({ TransactItems: notes }));
        }
        const asked: (number | undefined)[] = [];
        const recording = intercept(home.dynamodb, async (command, next) => {
          asked.push(command.input.Limit as number | undefined);
          return await next();
        });

        const { notes, more, entries } = await on(recording).ledger.readWithNotes(key);

        const answered = notes.map((note) => note.answered);
        expect(answered).toEqual(Array.from({ length: 2000 }, (_, i) => String(1000 + i)));
        expect([more, entries.length]).toEqual([true, 1]);
        expect(Math.max(...asked.map((limit) => limit ?? 0))).toBe(2000);
        expect((await ledger.read(key)).entries).toHaveLength(1);
      });

      it('says of a letter that it was met, once for each entry, whoever else sends one', async () => {
        const key = newKey();
        const letter = { what: 'dead-lettered', actor: 'dead-letter' } as const;
        const meet = (entry: number, copy: string) =>
          home.dynamodb.send(
            new TransactWriteCommand({
              TransactItems: [ledger.letterPut(key, entry, { ...letter, copy, messageId: `m-${copy}` })],
            }),
          );

        await meet(2, 'first');
        const second = await meet(2, 'second').catch((refusal: unknown) => cancellations(refusal));
        await meet(12, 'later');

        const { lettersOf, notes } = await ledger.readWithNotes(key);
        expect(second).toMatchObject([{ code: 'condition', item: { copy: 'first', messageId: 'm-first' } }]);
        expect(lettersOf).toEqual([2, 12]);
        expect(notes.map(({ copy }) => copy)).toEqual(['first', 'later']);
        expect((await ledger.read(key)).lettersOf).toEqual([2, 12]);
        expect(await ledger.newest(key)).toBeUndefined();
      });

      it('is kept once when the answer to it was lost', async () => {
        const key = newKey();

        await on(losingAnswers(home.dynamodb)).ledger.note(key, { what: 'refused', actor: 'ops' });

        expect((await ledger.readWithNotes(key)).notes).toHaveLength(1);
      });
    });

    describe('reject', () => {
      it('G7: keeps a refusal for ninety days, once', async () => {
        const rejection = {
          source: 'acme',
          at: acceptedAt,
          requestId: randomUUID(),
          cause: 'wrong-signature' as const,
          status: 401,
          bodyBytes: 12,
          ip: '203.0.113.7',
        };

        await on(losingAnswers(home.dynamodb)).ledger.reject(rejection);
        await ledger.reject({ ...rejection, status: 200 });

        const { Item } = await home.dynamodb.send(
          new GetCommand({
            TableName: home.ledgerTable,
            Key: {
              pk: rejectionPartition('acme', acceptedAt, rejection.requestId),
              sk: `${acceptedAt.toISOString()}#${rejection.requestId}`,
            },
          }),
        );
        expect(Item).toMatchObject({ ...rejection, at: acceptedAt.toISOString(), status: 401 });
        expect(Item?.expiresAt).toBe(acceptedAt.getTime() / 1000 + 90 * 24 * 3600);
      });
    });

    describe('a body', () => {
      it('comes back byte by byte, whatever it is', async () => {
        await fc.assert(
          fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (raw) => {
            const event = anEvent({ raw });
            await ledger.accept(event);

            const { event: stored } = await ledger.read(eventKey('acme', event.eventId));

            expect(stored?.bodyBytes).toBe(raw.byteLength);
            expect(Buffer.compare((await ledger.readBody(stored!))!, raw)).toBe(0);
          }),
          { numRuns: 30 },
        );
      });

      it('stays in the item where it compresses to under 16 KB', async () => {
        const objects = memoryObjects();
        const raw = Buffer.alloc(5 * 1024 * 1024, 'text that repeats ');
        const event = anEvent({ raw });
        const { ledger: withObjects } = ledgerOn(home.dynamodb, home.ledgerTable, { objects });

        await withObjects.accept(event);

        const { event: stored } = await withObjects.read(eventKey('acme', event.eventId));
        expect(objects.kept.size).toBe(0);
        expect(Buffer.compare((await withObjects.readBody(stored!))!, raw)).toBe(0);
      });

      it('goes to the bucket, before the event is stored, where it is larger', async () => {
        const order: string[] = [];
        const objects = memoryObjects();
        const { ledger: withObjects } = ledgerOn(
          intercept(home.dynamodb, async (command, next) => {
            order.push(command.name);
            return await next();
          }),
          home.ledgerTable,
          {
            objects: {
              ...objects,
              put: async (key, data) => {
                order.push('object');
                await objects.put(key, data);
              },
            },
          },
        );
        const event = anEvent({ raw: randomBytes(400 * 1024) });

        await withObjects.accept(event);

        const { event: stored } = await withObjects.read(eventKey('acme', event.eventId));
        expect(order.slice(0, 2)).toEqual(['object', 'PutCommand']);
        expect(stored?.body).toBeUndefined();
        expect(Buffer.compare((await withObjects.readBody(stored!))!, event.raw)).toBe(0);
        objects.kept.clear();
        expect(await withObjects.readBody(stored!)).toBeUndefined();
      });

      it('G1: that cannot be kept is not accepted', async () => {
        const event = anEvent({ raw: randomBytes(400 * 1024) });
        const down = { put: () => Promise.reject(new Error('bucket down')), get: async () => undefined };
        const { ledger: withoutBucket } = ledgerOn(home.dynamodb, home.ledgerTable, { objects: down });

        await expect(withoutBucket.accept(event)).rejects.toThrow('bucket down');

        expect((await ledger.read(eventKey('acme', event.eventId))).event).toBeUndefined();
      });

      it('of another content under the same id leaves the first one in the bucket', async () => {
        const objects = memoryObjects();
        const { ledger: withObjects } = ledgerOn(home.dynamodb, home.ledgerTable, { objects });
        const event = anEvent({ raw: randomBytes(400 * 1024) });
        await withObjects.accept(event);

        await withObjects.accept({ ...event, nonce: randomUUID(), raw: randomBytes(400 * 1024) });

        const { event: stored } = await withObjects.read(eventKey('acme', event.eventId));
        expect(Buffer.compare((await withObjects.readBody(stored!))!, event.raw)).toBe(0);
      });
    });
  });
}

const error = { name: 'Error', message: 'no' };
/** What somebody may decide of an event; a new state does not compile until it stands here. */
const decisions: { readonly [S in EntryState]: Extract<NewEntry, { state: S }> } = {
  processing: { state: 'processing', actor: 'a', leaseUntil: acceptedAt, worker: 'w' },
  retrying: { state: 'retrying', actor: 'a', nextAt: acceptedAt, error },
  waiting: { state: 'waiting', actor: 'a', position: '1', reason: 'r' },
  reopened: { state: 'reopened', actor: 'a', by: 'redrive' },
  processed: { state: 'processed', actor: 'a', durationMs: 1 },
  ignored: { state: 'ignored', actor: 'a', reason: 'r', durationMs: 1 },
  superseded: { state: 'superseded', actor: 'a', reason: 'late', comparedTo: 'number 2' },
  failed: { state: 'failed', actor: 'a', cause: 'gap' },
  quarantined: { state: 'quarantined', actor: 'a' },
  discarded: { state: 'discarded', actor: 'a', reason: 'r' },
  resolved: { state: 'resolved', actor: 'a', reason: 'r' },
};

/** An entry as it was read. */
const entryOf = (number: number, state: EntryState = 'processing'): Entry => ({
  ...decisions[state],
  number,
  at: acceptedAt,
  generation: 0,
  replay: 0,
  attempt: 1,
  nonce: 'n',
});

const everyStep = (Object.keys(transitions) as EventState[]).flatMap((from) =>
  (Object.keys(decisions) as EntryState[]).map((to): [EventState, EntryState] => [from, to]),
);

function throttled(): Error {
  return new ProvisionedThroughputExceededException({ message: 'slow down', $metadata: {} });
}

function cancelled(codes: readonly string[]): Error {
  return new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

const tokenOf = ({ input }: SentCommand) => input.ClientRequestToken;

/** As ten minutes later, when DynamoDB no longer knows the token. */
function forgetToken({ input }: SentCommand): void {
  input.ClientRequestToken = randomUUID();
}
