import { Worker } from 'node:worker_threads';
import { PlazaError } from '#platform/errors/errors.ts';
import type { ChangeMarks } from './change-marks.ts';
import { fromWire } from './errors.ts';
import { MAX_QUEUED_SCANS, type SqlValue } from './port.ts';
import type { FromReader, ReaderData, ScanRequest } from './protocol.ts';

type Rows = readonly Record<string, unknown>[];

interface Scan {
  readonly request: ScanRequest;
  readonly resolve: (rows: Rows) => void;
  readonly reject: (error: Error) => void;
}

interface Reader {
  readonly worker: Worker;
  current: Scan | undefined;
}

/** Two long reads at once: a third waits rather than take the processor from the main thread. */
const MAX_READERS = 2;

/** Reader threads of one file, started when they are first needed. They keep the process alive only while they scan. */
export class ReaderPool {
  readonly #path: string;
  readonly #marks: ChangeMarks;
  readonly #readers: Reader[] = [];
  readonly #queue: Scan[] = [];
  #nextId = 0;
  #closed = false;

  constructor(path: string, marks: ChangeMarks) {
    this.#path = path;
    this.#marks = marks;
  }

  scan(sql: string, parameters: readonly SqlValue[]): Promise<Rows> {
    if (this.#closed) return Promise.reject(new PlazaError('unavailable', 'The database is closed'));
    if (this.#queue.length >= MAX_QUEUED_SCANS) {
      return Promise.reject(new PlazaError('unavailable', 'Too many scans wait already'));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ request: { id: this.#nextId++, sql, parameters }, resolve, reject });
      this.#dispatch();
    });
  }

  /** Lets running scans finish, refuses those that wait, and ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const scan of this.#queue.splice(0)) scan.reject(new PlazaError('unavailable', 'The database is closed'));
    await Promise.all(
      this.#readers.splice(0).map(({ worker }) => {
        worker.ref();
        const exited = new Promise((resolve) => worker.once('exit', resolve));
        worker.postMessage('close');
        return exited;
      }),
    );
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const reader = this.#readers.find(({ current }) => current === undefined) ?? this.#startReader();
      if (reader === undefined) return;
      const scan = this.#queue.shift()!;
      try {
        reader.worker.postMessage(scan.request);
      } catch (error) {
        scan.reject(error as Error);
        continue;
      }
      reader.current = scan;
      reader.worker.ref();
    }
  }

  #startReader(): Reader | undefined {
    if (this.#readers.length >= MAX_READERS) return undefined;
    const worker = new Worker(new URL('./reader.ts', import.meta.url), {
      workerData: { path: this.#path, marks: this.#marks.shared } satisfies ReaderData,
      name: 'sqlite-reader',
    });
    worker.unref();
    const reader: Reader = { worker, current: undefined };
    worker.on('message', (message: FromReader) => {
      const scan = reader.current!;
      reader.current = undefined;
      worker.unref();
      if ('error' in message) scan.reject(fromWire(message.error));
      else scan.resolve(message.rows);
      this.#dispatch();
    });
    worker.on('error', (error) => this.#drop(reader, error as Error));
    worker.on('exit', () => this.#drop(reader, new Error('The reader thread stopped.')));
    this.#readers.push(reader);
    return reader;
  }

  /** A reader that died takes its scan with it; the next scan starts another. */
  #drop(reader: Reader, error: Error): void {
    const at = this.#readers.indexOf(reader);
    if (at >= 0) this.#readers.splice(at, 1);
    reader.current?.reject(error);
    reader.current = undefined;
    if (!this.#closed) this.#dispatch();
  }
}
