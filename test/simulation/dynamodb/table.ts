import { invalid, type Item } from './items.ts';

interface KeyNames {
  readonly partitionKey: string;
  readonly sortKey: string;
}

export interface TableShape extends KeyNames {
  readonly indexes: Readonly<Record<string, KeyNames>>;
}

interface Kept {
  readonly item: Item;
  readonly key: Item;
  /** Sorts the rows of one partition. */
  readonly place: string;
  readonly writtenAt: number;
}

/** A row that an index no longer has, seen by those who read the index as it was. */
interface Gone extends Kept {
  readonly goneAt: number;
}

/** Its rows by their keys, and in order as long as none has changed. */
interface Partition {
  readonly rows: Map<string, Kept>;
  inOrder: readonly Kept[] | undefined;
}
type Partitions = Map<string, Partition>;

/** No index is later than this, in ms. */
const latestMs = 5000;

/** The items of one table. Indexes hold keys only, and learn of every change of an item some time after it was written. */
export class ModelTable {
  readonly name: string;
  readonly #shape: TableShape;
  readonly #partitions: Partitions = new Map();
  readonly #indexes: ReadonlyMap<string, Partitions>;
  readonly #gone = new Map<string, Gone[]>();
  /** How late an index is, in ms; asked at each query. */
  indexLagMs: () => number = () => 0;

  constructor(name: string, shape: TableShape) {
    this.name = name;
    this.#shape = shape;
    this.#indexes = new Map(Object.keys(shape.indexes).map((index) => [index, new Map()]));
  }

  keyOf(item: object, isWholeItem = false): { readonly pk: string; readonly sk: string } {
    const pk: unknown = Reflect.get(item, this.#shape.partitionKey);
    const sk: unknown = Reflect.get(item, this.#shape.sortKey);
    if (typeof pk !== 'string' || typeof sk !== 'string' || pk === '' || sk === '') {
      throw invalid('One or more parameter values were invalid: the key must be two texts');
    }
    if (isWholeItem) this.#checkIndexKeys(item);
    return { pk, sk };
  }

  get(pk: string, sk: string): Item | undefined {
    return this.#partitions.get(pk)?.rows.get(sk)?.item;
  }

  put(pk: string, sk: string, item: Item, writtenAt: number): void {
    this.delete(pk, sk, writtenAt);
    const key = this.#keysOf(undefined, item);
    setRow(this.#partitions, pk, sk, { item, key, place: sk, writtenAt });
    for (const [name, partitions] of this.#indexes) {
      const { partitionKey, sortKey } = this.#index(name);
      const [indexPk, indexSk] = [item[partitionKey], item[sortKey]];
      if (typeof indexPk !== 'string' || typeof indexSk !== 'string') continue;
      const keys = this.#keysOf(name, item);
      const place = placeIn(indexSk, pk, sk);
      setRow(partitions, indexPk, rowId(pk, sk), { item: keys, key: keys, place, writtenAt });
    }
  }

  delete(pk: string, sk: string, goneAt = -Infinity): void {
    const item = this.get(pk, sk);
    if (!item) return;
    deleteRow(this.#partitions, pk, sk);
    for (const [name, partitions] of this.#indexes) {
      const indexPk = item[this.#index(name).partitionKey];
      if (typeof indexPk !== 'string') continue;
      const row = deleteRow(partitions, indexPk, rowId(pk, sk));
      if (row) this.#remember(goneKey(name, indexPk), { ...row, goneAt });
    }
  }

  #remember(partition: string, row: Gone): void {
    if (row.goneAt <= row.writtenAt) return;
    const recent = (this.#gone.get(partition) ?? []).filter(({ goneAt }) => goneAt > row.goneAt - latestMs);
    this.#gone.set(partition, [...recent, row]);
  }

  /** Every item, partition by partition. */
  *items(): Iterable<Item> {
    for (const { rows } of this.#partitions.values()) for (const { item } of rows.values()) yield item;
  }

  partition(pk: string): readonly Item[] {
    return this.rows(undefined, pk, 0).map(({ item }) => item);
  }

  /** Rows of one partition of the table or of an index, in the order of their sort key. */
  rows(index: string | undefined, pk: string, now: number): readonly Kept[] {
    const partition = (index === undefined ? this.#partitions : this.#partitionsOf(index)).get(pk);
    const rows = partition ? inOrder(partition) : [];
    if (index === undefined) return rows;
    const seen = now - this.indexLagMs();
    const gone = this.#gone.get(goneKey(index, pk))?.filter(({ goneAt }) => goneAt > seen) ?? [];
    const all = gone.length === 0 ? rows : [...rows, ...gone].sort(byPlace);
    return all.every(({ writtenAt }) => writtenAt <= seen)
      ? all
      : all.filter(({ writtenAt }) => writtenAt <= seen);
  }

  /** Where a key stands among the rows of its partition. */
  placeOf(index: string | undefined, key: object): string {
    const { partitionKey, sortKey } = this.#shape;
    const own: unknown[] = [Reflect.get(key, partitionKey), Reflect.get(key, sortKey)];
    const [pk, sk] = own.map(String);
    if (index === undefined) return String(sk);
    return placeIn(String(Reflect.get(key, this.#index(index).sortKey)), String(pk), String(sk));
  }

  partitionKeyOf(index: string | undefined): string {
    return index === undefined ? this.#shape.partitionKey : this.#index(index).partitionKey;
  }

  #partitionsOf(index: string): Partitions {
    const partitions = this.#indexes.get(index);
    if (!partitions) throw invalid(`The table does not have the specified index: ${index}`);
    return partitions;
  }

  #index(name: string): KeyNames {
    const index = this.#shape.indexes[name];
    if (!index) throw invalid(`The table does not have the specified index: ${name}`);
    return index;
  }

  #checkIndexKeys(item: object): void {
    for (const { partitionKey, sortKey } of Object.values(this.#shape.indexes)) {
      const keys: unknown[] = [Reflect.get(item, partitionKey), Reflect.get(item, sortKey)];
      if (keys.some((key) => key !== undefined && (typeof key !== 'string' || key === ''))) {
        throw invalid('One or more parameter values were invalid: the key of an index must be a text');
      }
    }
  }

  #keysOf(name: string | undefined, item: Item): Item {
    const { partitionKey, sortKey } = this.#shape;
    const own = { [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] };
    if (name === undefined) return own;
    const index = this.#index(name);
    return Object.freeze({
      ...own,
      [index.partitionKey]: item[index.partitionKey],
      [index.sortKey]: item[index.sortKey],
    });
  }
}

const byPlace = (a: Kept, b: Kept): number => (a.place < b.place ? -1 : 1);

const separator = '\u0000';
const rowId = (pk: string, sk: string): string => pk + separator + sk;
const goneKey = (index: string, pk: string): string => index + separator + pk;
const placeIn = (indexSk: string, pk: string, sk: string): string => indexSk + separator + rowId(pk, sk);

function inOrder(partition: Partition): readonly Kept[] {
  return (partition.inOrder ??= [...partition.rows.values()].sort(byPlace));
}

function setRow(partitions: Partitions, pk: string, id: string, row: Kept): void {
  const partition = partitions.get(pk);
  if (partition === undefined) partitions.set(pk, { rows: new Map([[id, row]]), inOrder: undefined });
  else {
    partition.rows.set(id, row);
    partition.inOrder = undefined;
  }
}

function deleteRow(partitions: Partitions, pk: string, id: string): Kept | undefined {
  const partition = partitions.get(pk);
  const row = partition?.rows.get(id);
  if (partition && row) {
    partition.rows.delete(id);
    partition.inOrder = undefined;
  }
  return row;
}
