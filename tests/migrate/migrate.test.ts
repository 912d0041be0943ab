import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { test } from 'node:test';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { journey } from './journey.ts';

test('a table changes its form and back while people act and the copy is killed: embedded', {
  timeout: 300_000,
}, async (t) => {
  const folder = await temporaryFolder();
  t.after(() => folder.remove());
  await journey((line) => t.diagnostic(line), { place: folder.path, relational: undefined, processes: 1 });
  assert.ok((await stat(`${folder.path}/core.db`)).size > 0);
});
