import { TestClock } from '#platform/clock/test-clock.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { MAX_RANGE_ROWS, put } from '#ports/wide-column/port.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { wideTable } from '#ports/wide-column/table.ts';
import { tableMigration } from './definition.ts';

/** Entries by reader; each says the version that wrote it. */
export const entry = wideTable({
  name: 'sample_entry',
  tier: 'core',
  partition: { reader: 'text' },
  clustering: { at: { type: 'int', order: 'desc' }, word: { type: 'text', order: 'asc' } },
  columns: { said: 'int' },
});

/** The same by reader and hundred. */
export const entryByHundred = wideTable({
  name: 'sample_entry_by_hundred',
  tier: 'core',
  partition: { reader: 'text', hundred: 'int' },
  clustering: entry.clustering,
  columns: { said: 'text' },
});

const hundreds = wideTable({
  name: 'sample_hundred',
  tier: 'core',
  partition: { reader: 'text' },
  clustering: { hundred: { type: 'int', order: 'asc' } },
  columns: {},
});

const hundredOf = (at: number) => Math.floor(at / 100);

export const byHundred = tableMigration({
  name: 'entries-by-hundred',
  about: 'A sample',
  from: entry,
  to: entryByHundred,
  beside: [hundreds],
  toKey: (key) => ({ ...key, hundred: hundredOf(key.at) }),
  toRow: (row) => ({ ...row, hundred: hundredOf(row.at), said: String(row.said) }),
  fromRow: ({ reader, at, word, said }) => ({ reader, at, word, said: Number(said) }),
  besides: ({ reader, hundred }) => [put(hundreds, { reader, hundred }, 1)],
  async partitionsOf(wide, { reader }) {
    const found = await wide.range(hundreds, { reader }, { limit: MAX_RANGE_ROWS });
    return found.map(({ hundred }) => ({ reader, hundred }));
  },
});

/** A store of one test. */
export async function sampleStore() {
  const folder = await temporaryFolder();
  const core = await openSqliteFile({ path: `${folder.path}/core.db`, synchronous: 'NORMAL' });
  const derived = await openSqliteFile({ path: `${folder.path}/derived.db`, synchronous: 'NORMAL' });
  const wide = sqliteWideColumn({ core, derived, clock: new TestClock() });
  return {
    wide,
    core,
    async remove() {
      await wide.close();
      await core.close();
      await derived.close();
      await folder.remove();
    },
  };
}
