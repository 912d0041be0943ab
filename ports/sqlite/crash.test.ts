import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteFile } from './open.ts';
import { temporaryFolder } from './testing.ts';

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

/** Runs the child until it ends; gives the ids that it acknowledged, its error output and how it ended. */
async function runChild(...args: string[]) {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const acknowledged: number[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  createInterface({ input: child.stdout }).on('line', (line) => acknowledged.push(Number(line)));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...end) => resolve(end));
  });
  return { acknowledged, stderr, code, signal };
}

describe('a crash', () => {
  for (const point of ['sqlite.before-commit', 'sqlite.after-commit'] as const) {
    for (const synchronous of ['FULL', 'NORMAL'] as const) {
      test(`at ${point} with ${synchronous} loses nothing that was acknowledged and leaves nothing half`, async (t) => {
        const nth = process.env.SEED ? Number(process.env.SEED) : randomInt(5, 60);
        t.diagnostic(`SEED=${nth}`);
        const folder = await temporaryFolder();
        const path = join(folder.path, 'a.db');
        const { acknowledged, stderr, signal } = await runChild(path, synchronous, point, String(nth));
        assert.equal(signal, 'SIGKILL', stderr);
        assert.match(stderr, new RegExp(`fault point reached: ${point}`));
        const file = await openSqliteFile({ path, synchronous });
        const ids = (half: number) =>
          file.read<{ id: number }>('SELECT id FROM t WHERE half = ? ORDER BY id', [half]).map(({ id }) => id);
        const kept = new Set(ids(0));
        assert.deepEqual([...kept], ids(1), 'both halves of every job, or none');
        assert.deepEqual(
          acknowledged.filter((id) => !kept.has(id)),
          [],
        );
        assert.ok(acknowledged.length > 0);
        await file.close();
        await folder.remove();
      });
    }
  }

  test('is not needed to end a process that forgot its file; what it wrote is there', async () => {
    const folder = await temporaryFolder();
    const path = join(folder.path, 'a.db');
    const { stderr, code } = await runChild(path, 'FULL', 'forget', '0');
    assert.equal(code, 0, stderr);
    const file = await openSqliteFile({ path, synchronous: 'FULL' });
    assert.deepEqual(file.read('SELECT count(*) AS n FROM t', []), [{ n: 40 }]);
    await file.close();
    await folder.remove();
  });
});
