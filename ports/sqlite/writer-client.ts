import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PlazaError } from '#platform/errors/errors.ts';
import { fromWire } from './errors.ts';
import { MAX_QUEUED_ROWS } from './port.ts';
import type { Answer, FromWriter, Job, ToWriter, WriterStart } from './protocol.ts';

interface Waiting {
  readonly weight: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The calling thread's end of the writer thread. Jobs of one turn of the event loop travel as one message; answers come in their order.
 * The thread keeps the process alive only while somebody waits for an answer.
 */
export class WriterClient {
  readonly failed: Promise<Error>;
  /** The file's name without its folder: errors may reach people outside. */
  readonly #name: string;
  readonly #worker: Worker;
  readonly #ready = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #drained = Promise.withResolvers<void>();
  readonly #failure = Promise.withResolvers<Error>();
  #outgoing: Job[] = [];
  #flushing = false;
  /** Callers without an answer, from `#head` on. */
  #waiting: (Waiting | undefined)[] = [];
  #head = 0;
  #weight = 0;
  #isReady = false;
  #state: 'open' | 'closing' | 'closed' | Error = 'open';

  constructor(start: WriterStart) {
    this.#name = basename(start.path);
    this.failed = this.#failure.promise;
    // Nobody has to wait for these.
    this.#ready.promise.catch(() => {});
    this.#closed.promise.catch(() => {});
    this.#worker = new Worker(new URL('./writer.ts', import.meta.url), {
      workerData: start,
      name: 'sqlite-writer',
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.on('message', (message: FromWriter) => this.#onMessage(message));
    this.#worker.on('error', (error) => this.#fail((error as Error).message, error));
    this.#worker.on('exit', () => {
      if (this.#state !== 'closed') this.#fail('the writer thread stopped', undefined);
    });
  }

  ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** `weight`: rows and statements of the job. */
  submit(job: Job, weight: number): Promise<unknown> {
    if (this.#state !== 'open') return Promise.reject(this.#refusal());
    if (this.#weight > 0 && this.#weight + weight > MAX_QUEUED_ROWS) {
      return Promise.reject(new PlazaError('unavailable', 'Too many writes wait already'));
    }
    return new Promise((resolve, reject) => {
      if (this.#weight === 0) this.#worker.ref();
      this.#weight += weight;
      this.#waiting.push({ weight, resolve, reject });
      this.#outgoing.push(job);
      if (!this.#flushing) {
        this.#flushing = true;
        setImmediate(() => this.#flush());
      }
    });
  }

  /** Refuses new jobs and resolves when every accepted one has its answer. */
  drainAndRefuse(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    if (this.#weight === 0) this.#drained.resolve();
    return this.#drained.promise;
  }

  /** Ends the thread. Every other connection of this process must be closed before. */
  async close(): Promise<void> {
    await this.drainAndRefuse();
    if (this.#state === 'closing') {
      this.#worker.ref();
      this.#worker.postMessage('close' satisfies ToWriter);
      await this.#closed.promise;
    }
    await this.#worker.terminate();
  }

  #flush(): void {
    this.#flushing = false;
    const jobs = this.#outgoing;
    if (jobs.length === 0) return;
    this.#outgoing = [];
    try {
      this.#worker.postMessage(jobs satisfies ToWriter);
    } catch {
      this.#flushOneByOne(jobs);
    }
  }

  /** Something in these jobs cannot be cloned: only its own caller shall hear of that. */
  #flushOneByOne(jobs: readonly Job[]): void {
    const first = this.#waiting.length - jobs.length;
    const callers = this.#waiting.splice(first);
    jobs.forEach((job, i) => {
      const caller = callers[i]!;
      try {
        this.#worker.postMessage([job] satisfies ToWriter);
        this.#waiting.push(caller);
      } catch (error) {
        this.#weight -= caller.weight;
        caller.reject(error as Error);
      }
    });
    this.#rest();
  }

  #onMessage(message: FromWriter): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#worker.unref();
        this.#ready.resolve();
        break;
      case 'answers':
        for (const answer of message.answers) this.#settle(answer);
        if (this.#head === this.#waiting.length) {
          this.#waiting = [];
          this.#head = 0;
        } else if (this.#head > 10_000) {
          this.#waiting = this.#waiting.slice(this.#head);
          this.#head = 0;
        }
        this.#rest();
        break;
      case 'fatal':
        this.#fail(message.reason, fromWire(message.error));
        break;
      case 'closed':
        this.#state = 'closed';
        this.#closed.resolve();
        break;
    }
  }

  #settle(answer: Answer): void {
    const caller = this.#waiting[this.#head]!;
    this.#waiting[this.#head++] = undefined;
    this.#weight -= caller.weight;
    if ('error' in answer) caller.reject(fromWire(answer.error));
    else caller.resolve(answer.value);
  }

  /** When nobody waits, the thread does not keep the process alive. */
  #rest(): void {
    if (this.#weight > 0) return;
    this.#worker.unref();
    if (this.#state !== 'open') this.#drained.resolve();
  }

  #fail(reason: string, cause: unknown): void {
    if (this.#state instanceof Error || this.#state === 'closed') return;
    const error = new PlazaError(
      'unavailable',
      `${this.#name} ${this.#isReady ? 'takes no more writes' : 'cannot be opened'}: ${reason}`,
      { cause },
    );
    this.#state = error;
    const callers = this.#waiting.slice(this.#head);
    this.#waiting = [];
    this.#head = 0;
    this.#weight = 0;
    this.#outgoing = [];
    for (const caller of callers) caller!.reject(error);
    this.#ready.reject(error);
    this.#closed.reject(error);
    this.#failure.resolve(error);
    this.#rest();
  }

  #refusal(): Error {
    if (this.#state instanceof Error) return this.#state;
    return new PlazaError('unavailable', `${this.#name} is closed`);
  }
}
