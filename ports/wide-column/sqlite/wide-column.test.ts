import { join } from 'node:path';
import { TestClock } from '#platform/clock/test-clock.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { wideColumnSuite } from '../suite.ts';
import { sqliteWideColumn } from './wide-column.ts';

wideColumnSuite('SQLite', async () => {
  const folder = await temporaryFolder();
  const core = await openSqliteFile({ path: join(folder.path, 'core.db'), synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: join(folder.path, 'derived.db'), synchronous: 'NORMAL' });
  const clock = new TestClock();
  const wide = sqliteWideColumn({ core, derived, clock });
  return {
    wide,
    elapse: async (ms) => clock.advance(ms),
    async close() {
      await wide.close();
      await core.close();
      await derived.close();
      await folder.remove();
    },
  };
});
