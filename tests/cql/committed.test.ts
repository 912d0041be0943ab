import assert from 'node:assert/strict';
import { test } from 'node:test';
import { committedStatements } from './document.ts';
import { recordCql } from './run.ts';

test('the CQL that runs is what was committed and reviewed: node tests/cql/write.ts writes it', async () => {
  const committed = committedStatements();
  const recorded = [...(await recordCql()).byTable().values()];
  const definitions = recorded.flatMap((table) => table.definitions);
  assert.deepEqual(committed.filter((text) => text.startsWith('CREATE')).sort(), definitions.sort());
  const statements = recorded.flatMap((table) => table.statements);
  assert.ok(statements.length > 50);
  assert.deepEqual(
    statements.filter((statement) => !committed.includes(statement)),
    [],
    'statements that nobody has reviewed',
  );
});
