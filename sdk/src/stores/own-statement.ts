/** A handler that ended the transaction by itself would separate its effects from their completion. Throws for such a statement. */
export function ownStatement(sql: string): string {
  if (
    /^\s*(begin|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+((transaction|work)\s+)?to\b))\b/i.test(
      sql,
    )
  ) {
    throw new Error(
      'the transaction is begun and ended with the event: leave BEGIN, COMMIT and ROLLBACK to it',
    );
  }
  return sql;
}
