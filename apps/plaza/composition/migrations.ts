import type { TableMigration } from '#platform/migration/definition.ts';
import { repliesByMonth } from '#services/post/store/replies-by-month.ts';

/** Every migration of a wide-column table that this program knows. Each is the operator's to begin; until then its table is as ever. */
export const TABLE_MIGRATIONS: readonly TableMigration[] = [repliesByMonth];
