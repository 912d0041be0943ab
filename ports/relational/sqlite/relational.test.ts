import { join } from 'node:path';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { relationalSuite } from '../suite.ts';
import { sqliteRelational } from './relational.ts';

relationalSuite('SQLite', async () => {
  const folder = await temporaryFolder();
  const file = await openSqliteFile({ path: join(folder.path, 'core.db'), synchronous: 'FULL' });
  const relational = sqliteRelational(file);
  return {
    relational,
    async close() {
      await relational.close();
      await file.close();
      await folder.remove();
    },
  };
});
