import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from './tables.ts';

export interface Task {
  readonly accountId: string;
  readonly kind: string;
}

const selectTasks = prepared((p: { limit: number }) =>
  db
    .selectFrom('user_tasks')
    .select(['account_id as accountId', 'kind'])
    .orderBy('account_id')
    .orderBy('kind')
    .limit(p.limit),
);

/** Promised work that is not done. */
export function readTasks(relational: Relational, limit: number): Promise<Task[]> {
  return relational.query(selectTasks({ limit }));
}
