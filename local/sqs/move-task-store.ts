import * as z from 'zod';
import { integerIn, optionalIntegerIn, optionalTextIn, textIn, type Database, type Row } from './database.ts';

const statusSchema = z.enum(['RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED']);

/** `upToSeq` is the newest message when the task started: what arrives later is not its to move. */
export type MoveTask = {
  id: string;
  sourceArn: string;
  destinationArn: string | undefined;
  maxPerSecond: number | undefined;
  upToSeq: number;
  status: z.infer<typeof statusSchema>;
  startedAt: number;
  moved: number;
  toMove: number;
  failureReason: string | undefined;
};

/** Every move task there ever was; callers bring the transaction. */
export class MoveTaskStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(task: MoveTask): void {
    this.#db.run(
      `INSERT INTO move_tasks (id, source_arn, destination_arn, max_per_second, up_to_seq, status, started_at, moved, to_move)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      task.id,
      task.sourceArn,
      task.destinationArn ?? null,
      task.maxPerSecond ?? null,
      task.upToSeq,
      task.status,
      task.startedAt,
      task.moved,
      task.toMove,
    );
  }

  saveProgress(task: MoveTask): void {
    this.#db.run(
      'UPDATE move_tasks SET status = ?, moved = ?, failure_reason = ? WHERE id = ?',
      task.status,
      task.moved,
      task.failureReason ?? null,
      task.id,
    );
  }

  find(id: string): MoveTask | undefined {
    const row = this.#db.get('SELECT * FROM move_tasks WHERE id = ?', id);
    return row && taskIn(row);
  }

  running(): MoveTask[] {
    return this.#db.all("SELECT * FROM move_tasks WHERE status = 'RUNNING' ORDER BY number").map(taskIn);
  }

  newestOf(sourceArn: string, limit: number): MoveTask[] {
    return this.#db
      .all('SELECT * FROM move_tasks WHERE source_arn = ? ORDER BY number DESC LIMIT ?', sourceArn, limit)
      .map(taskIn);
  }
}

function taskIn(row: Row): MoveTask {
  return {
    id: textIn(row, 'id'),
    sourceArn: textIn(row, 'source_arn'),
    destinationArn: optionalTextIn(row, 'destination_arn'),
    maxPerSecond: optionalIntegerIn(row, 'max_per_second'),
    upToSeq: integerIn(row, 'up_to_seq'),
    status: statusSchema.parse(row.status),
    startedAt: integerIn(row, 'started_at'),
    moved: integerIn(row, 'moved'),
    toMove: integerIn(row, 'to_move'),
    failureReason: optionalTextIn(row, 'failure_reason'),
  };
}
