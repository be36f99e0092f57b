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

interface Index extends KeyNames {
  readonly partitions: Partitions;
  /** By partition. */
  readonly gone: Map<string, readonly Gone[]>;
}

/** No index is later than this, in ms. */
const latestMs = 5000;

/** The items of one table. Indexes hold keys only, and learn of every change of an item some time after it was written. */
export class ModelTable {
  readonly name: string;
  readonly #shape: TableShape;
  readonly #partitions: Partitions = new Map();
  readonly #indexes: ReadonlyMap<string, Index>;
  /** How late an index is, in ms; asked at each query. */
  indexLagMs: () => number = () => 0;

  constructor(name: string, shape: TableShape) {
    this.name = name;
    this.#shape = shape;
    this.#indexes = new Map(
      Object.entries(shape.indexes).map(([name, keys]) => [
        name,
        { ...keys, partitions: new Map(), gone: new Map() },
      ]),
    );
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
    setRow(this.#partitions, pk, sk, { item, place: sk, writtenAt });
    for (const index of this.#indexes.values()) {
      const [indexPk, indexSk] = [item[index.partitionKey], item[index.sortKey]];
      if (typeof indexPk !== 'string' || typeof indexSk !== 'string') continue;
      const keys = this.#keysIn(index, item);
      const place = placeIn(indexSk, pk, sk);
      setRow(index.partitions, indexPk, rowId(pk, sk), { item: keys, place, writtenAt });
    }
  }

  delete(pk: string, sk: string, goneAt = -Infinity): void {
    const row = deleteRow(this.#partitions, pk, sk);
    if (!row) return;
    for (const index of this.#indexes.values()) {
      const indexPk = row.item[index.partitionKey];
      if (typeof indexPk !== 'string') continue;
      const gone = deleteRow(index.partitions, indexPk, rowId(pk, sk));
      if (gone && goneAt > gone.writtenAt) remember(index, indexPk, { ...gone, goneAt });
    }
  }

  /** Every item, partition by partition; of those alone whose key begins with this. */
  *items(prefix = ''): Iterable<Item> {
    for (const [pk, { rows }] of this.#partitions)
      if (pk.startsWith(prefix)) for (const { item } of rows.values()) yield item;
  }

  partition(pk: string): readonly Item[] {
    return this.rows(undefined, pk, 0).map(({ item }) => item);
  }

  /** Rows of one partition of the table or of an index, in the order of their sort key. */
  rows(name: string | undefined, pk: string, now: number): readonly Kept[] {
    if (name === undefined) return inOrder(this.#partitions.get(pk));
    const index = this.#index(name);
    const rows = inOrder(index.partitions.get(pk));
    const seen = now - this.indexLagMs();
    const gone = index.gone.get(pk)?.filter(({ goneAt }) => goneAt > seen) ?? [];
    const all = gone.length === 0 ? rows : [...rows, ...gone].sort(byPlace);
    return all.every(({ writtenAt }) => writtenAt <= seen)
      ? all
      : all.filter(({ writtenAt }) => writtenAt <= seen);
  }

  /** From which a query of the table or of an index goes on behind an item. */
  startKeyOf(name: string | undefined, item: Item): Item {
    return name === undefined ? this.#ownKeyOf(item) : this.#keysIn(this.#index(name), item);
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

  #index(name: string): Index {
    const index = this.#indexes.get(name);
    if (!index) throw invalid(`The table does not have the specified index: ${name}`);
    return index;
  }

  #checkIndexKeys(item: object): void {
    for (const { partitionKey, sortKey } of this.#indexes.values()) {
      const keys: unknown[] = [Reflect.get(item, partitionKey), Reflect.get(item, sortKey)];
      if (keys.some((key) => key !== undefined && (typeof key !== 'string' || key === ''))) {
        throw invalid('One or more parameter values were invalid: the key of an index must be a text');
      }
    }
  }

  #ownKeyOf(item: Item): Item {
    const { partitionKey, sortKey } = this.#shape;
    return { [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] };
  }

  #keysIn({ partitionKey, sortKey }: Index, item: Item): Item {
    return Object.freeze({
      ...this.#ownKeyOf(item),
      [partitionKey]: item[partitionKey],
      [sortKey]: item[sortKey],
    });
  }
}

const byPlace = (a: Kept, b: Kept): number => (a.place < b.place ? -1 : 1);

const separator = '\u0000';
const rowId = (pk: string, sk: string): string => pk + separator + sk;
const placeIn = (indexSk: string, pk: string, sk: string): string => indexSk + separator + rowId(pk, sk);

const noRows: readonly Kept[] = [];

function inOrder(partition: Partition | undefined): readonly Kept[] {
  if (partition === undefined) return noRows;
  return (partition.inOrder ??= [...partition.rows.values()].sort(byPlace));
}

function remember({ gone }: Index, partition: string, row: Gone): void {
  const recent = (gone.get(partition) ?? []).filter(({ goneAt }) => goneAt > row.goneAt - latestMs);
  gone.set(partition, [...recent, row]);
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
