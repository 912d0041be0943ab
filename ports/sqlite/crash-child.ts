/** The process that `crash.test.ts` lets die: writes pairs from many callers and prints each id when its pair is acknowledged. */
import type { Synchronous } from './connection.ts';
import { openSqliteFile } from './open.ts';
import type { SqliteFile } from './port.ts';

const [path, synchronous, point, nth] = process.argv.slice(2) as [string, Synchronous, string, string];

function writePair(file: SqliteFile, id: number) {
  const sql = 'INSERT INTO t VALUES (?, ?, ?)';
  return file.write([
    { sql, parameters: [id, 0, 'first half'] },
    { sql, parameters: [id, 1, 'second half'] },
  ]);
}

async function writeUntilKilled(file: SqliteFile): Promise<void> {
  let next = 0;
  const caller = async () => {
    for (;;) {
      const id = next++;
      await writePair(file, id);
      // Not to the descriptor itself: the pipe does not block, and is full when the reader is slow.
      process.stdout.write(`${id}\n`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, caller));
}

const faults =
  point === 'sqlite.before-commit' || point === 'sqlite.after-commit'
    ? ({ point, nth: Number(nth) } as const)
    : undefined;
const file = await openSqliteFile({ path, synchronous, faults });
await file.define('CREATE TABLE t (id INTEGER, half INTEGER, body TEXT, PRIMARY KEY (id, half)) STRICT, WITHOUT ROWID');
if (faults === undefined) {
  // Neither awaited nor closed.
  for (let id = 0; id < 20; id++) void writePair(file, id);
} else {
  await writeUntilKilled(file);
}
