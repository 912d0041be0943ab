/** A reader thread of one SQLite file: runs one scan after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { ChangeMarks } from './change-marks.ts';
import { openReaderConnection } from './connection.ts';
import { toWire } from './errors.ts';
import { MAX_SCAN_ROWS } from './port.ts';
import type { FromReader, ReaderData, ScanRequest } from './protocol.ts';
import { checkParameters, StatementCache } from './statements.ts';

const port = parentPort!;
const { path, marks } = workerData as ReaderData;
const db = openReaderConnection(path);
const statements = new StatementCache(db, new ChangeMarks(marks));

function scan({ id, sql, parameters }: ScanRequest): FromReader {
  try {
    const { statement, toRow } = statements.get(sql);
    checkParameters(parameters);
    const rows: Record<string, unknown>[] = [];
    for (const values of statement.iterate(...parameters)) {
      if (rows.length === MAX_SCAN_ROWS) throw new Error(`A scan gives at most ${MAX_SCAN_ROWS} rows; read in pages.`);
      rows.push(toRow(values as unknown as unknown[]));
    }
    return { id, rows };
  } catch (error) {
    return { id, error: toWire(error) };
  }
}

port.on('message', (message: ScanRequest | 'close') => {
  if (message === 'close') {
    db.close();
    port.close();
  } else {
    port.postMessage(scan(message));
  }
});
