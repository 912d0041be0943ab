import { WideColumnRefusal } from '#ports/wide-column/checks.ts';
import { MAX_KEYS_PER_READ, type Mutation, remove, type WideColumn } from '#ports/wide-column/port.ts';
import type { Key, PartitionKeyOf, RowOf, WideTable } from '#ports/wide-column/table.ts';
import { keyOf, type TableMigration } from './definition.ts';
import { OLD_ONLY, PHASES, type Phase } from './phases.ts';
import { readSlice } from './read-slice.ts';
import type { MigrationWatch } from './watch.ts';

/**
 * The wide-column port, with some tables under migration. Whoever uses it knows the old form of each and nothing else: what it writes goes into the forms that
 * the phase says, in the same write, and what it reads comes from one of them.
 */
export function migratingWideColumn(
  wide: WideColumn,
  migrations: readonly TableMigration[],
  watch: MigrationWatch,
): WideColumn {
  const byTable = new Map<WideTable, TableMigration>(migrations.map((migration) => [migration.from, migration]));

  return {
    async declare(tables) {
      const added = tables.flatMap((table) => {
        const migration = byTable.get(table);
        return migration === undefined ? [] : [migration.to, ...migration.beside];
      });
      await wide.declare([...tables, ...added]);
    },
    get<T extends WideTable>(table: T, key: Key<T>) {
      const migration = byTable.get(table);
      if (migration === undefined) return wide.get(table, key);
      return watch.within(async (phaseOf) => {
        if (PHASES[phaseOf(migration.name)].reads === 'old') return wide.get(table, key);
        const row = await wide.get(migration.to, migration.toKey(key as never));
        return row === undefined ? undefined : (migration.fromRow(row as never) as RowOf<T>);
      });
    },
    getMany<T extends WideTable>(table: T, keys: readonly Key<T>[]) {
      const migration = byTable.get(table);
      if (migration === undefined) return wide.getMany(table, keys);
      return watch.within(async (phaseOf) => {
        if (PHASES[phaseOf(migration.name)].reads === 'old') return wide.getMany(table, keys);
        const rows = await wide.getMany(
          migration.to,
          keys.map((key) => migration.toKey(key as never)),
        );
        return rows.map((row) => (row === undefined ? undefined : (migration.fromRow(row as never) as RowOf<T>)));
      });
    },
    range<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Parameters<WideColumn['range']>[2]) {
      const migration = byTable.get(table);
      if (migration === undefined) return wide.range(table, partition, range);
      return watch.within(async (phaseOf) => {
        if (PHASES[phaseOf(migration.name)].reads === 'old') return wide.range(table, partition, range);
        return (await readSlice(wide, migration, partition as never, range)) as RowOf<T>[];
      });
    },
    async write(mutations, options) {
      const touched = new Set<TableMigration>();
      for (const { table } of mutations) {
        const migration = byTable.get(table);
        if (migration !== undefined) touched.add(migration);
      }
      if (touched.size === 0) return wide.write(mutations, options);
      return watch.within(async (phaseOf) => {
        const phases = (table: WideTable) => {
          const migration = byTable.get(table);
          return migration === undefined ? undefined : { migration, phase: phaseOf(migration.name) };
        };
        await wide.write(
          mutations.flatMap((mutation) => formsOf(mutation, phases(mutation.table))),
          options,
        );
        for (const migration of touched) {
          const { writesOld, writesNew } = PHASES[phaseOf(migration.name)];
          if (writesOld && writesNew) await takeBackRefused(wide, migration, mutations);
        }
      });
    },
    dropPartition<T extends WideTable>(table: T, partition: PartitionKeyOf<T>) {
      const migration = byTable.get(table);
      if (migration === undefined) return wide.dropPartition(table, partition);
      // A partition that is dropped leaves nothing that a copy of its rows would lose against.
      return watch.within(async (phaseOf) => {
        if (phaseOf(migration.name) !== OLD_ONLY) {
          throw new WideColumnRefusal(
            table.name,
            `partitions cannot be dropped while ${migration.name} has begun; remove the rows.`,
          );
        }
        await wide.dropPartition(table, partition);
      });
    },
    close: () => wide.close(),
  };
}

/** A mutation as the forms of its table have it. */
function formsOf(
  mutation: Mutation,
  at: { readonly migration: TableMigration; readonly phase: Phase } | undefined,
): readonly Mutation[] {
  if (at === undefined) return [mutation];
  const { migration, phase } = at;
  const forms: Mutation[] = PHASES[phase].writesOld ? [mutation] : [];
  if (!PHASES[phase].writesNew) return forms;
  if (mutation.kind === 'remove') {
    forms.push({ ...mutation, table: migration.to, row: migration.toKey(mutation.row as never) });
  } else {
    const row = migration.toRow(mutation.row as never);
    forms.push({ ...mutation, table: migration.to, row }, ...migration.besides(row));
  }
  return forms;
}

/**
 * A put that one form refused, because it knows of a newer removal, and that the other accepted, because that removal is from before it was written: an event that
 * comes again, late. It is taken back at its own version, where a removal wins the tie, and which removes nothing newer.
 */
async function takeBackRefused(
  wide: WideColumn,
  migration: TableMigration,
  mutations: readonly Mutation[],
): Promise<void> {
  const { from, to } = migration;
  const puts = mutations.filter(({ table, kind }) => table === from && kind === 'put');
  for (let start = 0; start < puts.length; start += MAX_KEYS_PER_READ) {
    const some = puts.slice(start, start + MAX_KEYS_PER_READ);
    const oldKeys = some.map(({ row }) => keyOf(from, row));
    const newKeys = oldKeys.map((key) => migration.toKey(key));
    const [old, now] = await Promise.all([wide.getMany(from, oldKeys), wide.getMany(to, newKeys)]);
    const refused = some.flatMap(({ version }, i) => {
      if ((old[i] === undefined) === (now[i] === undefined)) return [];
      return [old[i] === undefined ? remove(to, newKeys[i]!, version) : remove(from, oldKeys[i]!, version)];
    });
    if (refused.length > 0) await wide.write(refused);
  }
}
