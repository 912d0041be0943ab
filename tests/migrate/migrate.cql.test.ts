import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { LEADERSHIP_MIGRATIONS } from '#platform/leadership/script.ts';
import { MIGRATION_TABLES } from '#platform/migration/script.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { dropKeyspace, freshKeyspace, onServer, testCqlUrl } from '#ports/wide-column/cql/testing.ts';
import { journey } from './journey.ts';

test('a table changes its form and back while people act on two processes and one is killed: CQL', {
  timeout: 600_000,
}, async (t) => {
  const folder = await temporaryFolder();
  const file = await openSqliteFile({ path: join(folder.path, 'relational.db'), synchronous: 'NORMAL' });
  const url = testCqlUrl(freshKeyspace());
  t.after(async () => {
    await dropKeyspace(url);
    await file.close();
    await folder.remove();
  });
  const relational = sqliteRelational(file);
  await relational.migrate('wide-migration', MIGRATION_TABLES);
  await relational.migrate('leadership', LEADERSHIP_MIGRATIONS);
  await journey((line) => t.diagnostic(line), { place: url, relational, processes: 2 });
  const [row] = await onServer(url, 'SELECT count(*) AS count FROM system.local');
  assert.equal(Number(row?.count), 1, 'the server is there to the end');
});
