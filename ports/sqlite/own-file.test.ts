import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteFile } from './open.ts';

test('nobody but their owner may read the files and their backups, also in a folder that is open to all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-modes-'));
  const umask = process.umask(0o022);
  try {
    await chmod(folder, 0o755);
    const file = await openSqliteFile({ path: join(folder, 'core.sqlite'), synchronous: 'NORMAL' });
    await file.define('CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT');
    await file.backup(join(folder, 'copy.sqlite'));
    const names = (await readdir(folder)).sort();
    assert.ok(names.includes('core.sqlite-wal') && names.includes('copy.sqlite'), names.join());
    for (const name of names) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name);
    await file.close();
  } finally {
    process.umask(umask);
    await rm(folder, { recursive: true, force: true });
  }
});
