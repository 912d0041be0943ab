import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type Frame, FrameReader, frameHead } from './frames.ts';
import type { Answer, Job } from './jobs.ts';
import type { DecoderLimits } from './limits.ts';
import { residentBytes } from './process-memory.ts';
import { type DecodingProcess, spawnDecodingProcess } from './spawn.ts';

/** An input of `sizeBytes`, opened when a process is free for it. */
export interface Input {
  readonly sizeBytes: number;
  open(): Promise<Uint8Array | Readable>;
}

/** Why a process ended before it answered. `idle`: before it had taken the job, so the input is not to blame. */
export type Ended = 'idle' | 'crash' | 'time' | 'memory' | 'nonsense' | 'stopped';

export class ProcessEnded extends Error {
  readonly ended: Ended;

  constructor(ended: Ended, complaint: string) {
    super(`a decoding process ended (${ended})${complaint === '' ? '' : `: ${complaint}`}`);
    this.name = 'ProcessEnded';
    this.ended = ended;
  }
}

/** What a dying process said is of use in the log, up to here. */
const COMPLAINT_CHARACTERS = 2_000;

interface Current {
  taken: boolean;
  readonly resolve: (frame: Frame<Answer>) => void;
  readonly reject: (error: Error) => void;
}

/** One decoding process and the one job that it does. It keeps the program alive only while it works. */
export class DecodingWorker {
  readonly #process: DecodingProcess;
  readonly #limits: DecoderLimits;
  #current: Current | undefined;
  #ended: Ended | undefined;
  #complaint = '';
  #jobs = 0;
  readonly exited: Promise<void>;

  constructor(limits: DecoderLimits, program?: URL) {
    this.#limits = limits;
    this.#process = spawnDecodingProcess(program);
    const { stdin, stdout, stderr } = this.#process;
    const reader = new FrameReader<Answer>(limits.outputBytes * 2, (frame) => this.#answered(frame));
    stdout.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch {
        this.end('nonsense');
      }
    });
    stderr.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString('latin1')).slice(-COMPLAINT_CHARACTERS);
    });
    // A broken pipe comes with the end of the process, which says more.
    stdin.on('error', () => {});
    this.exited = new Promise((resolve) => {
      const gone = () => {
        this.#ended ??= this.#current?.taken ? 'crash' : 'idle';
        this.#current?.reject(new ProcessEnded(this.#ended, this.#complaint));
        this.#current = undefined;
        resolve();
      };
      this.#process.once('error', gone);
      // Not at its exit: what it had already answered is still to be read.
      this.#process.once('close', gone);
    });
    this.#hold(false);
  }

  /** Whether it can take another job. */
  get usable(): boolean {
    return this.#ended === undefined && this.#process.exitCode === null && this.#jobs < this.#limits.jobsPerProcess;
  }

  /** Rejects with {@link ProcessEnded} when the process ended first, and with what opening the input failed with. */
  async do(job: Job, input: Input): Promise<Frame<Answer>> {
    this.#jobs++;
    this.#hold(true);
    const timer = setTimeout(() => this.end('time'), this.#limits.jobMs);
    const watch = setInterval(() => void this.#watchMemory(), this.#limits.memoryCheckMs);
    try {
      const answer = new Promise<Frame<Answer>>((resolve, reject) => {
        this.#current = { taken: false, resolve, reject };
      });
      // Whatever fails first is the result; the other is not left alone.
      const [frame] = await Promise.all([answer, this.#feed(job, input)]);
      return frame;
    } catch (error) {
      // Half an input may stand in its pipe.
      this.end('stopped');
      throw error;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.#current = undefined;
      if (this.#ended === undefined) this.#hold(false);
    }
  }

  /** At once; {@link exited} resolves when it is gone. */
  end(reason: Ended): void {
    this.#ended ??= reason;
    this.#hold(true);
    this.#process.kill('SIGKILL');
  }

  #answered(frame: Frame<Answer>): void {
    if (this.#current === undefined) this.end('nonsense');
    else if (frame.header.kind === 'taken') this.#current.taken = true;
    else this.#current.resolve(frame);
  }

  async #feed(job: Job, { sizeBytes, open }: Input): Promise<void> {
    const body = await open();
    const { stdin } = this.#process;
    if (!stdin.destroyed) stdin.write(frameHead(job, [sizeBytes]));
    let sent = 0;
    for await (const chunk of body instanceof Readable ? body : [body]) {
      sent += (chunk as Uint8Array).length;
      if (sent > sizeBytes || stdin.destroyed) break;
      if (!stdin.write(chunk)) await this.#drained();
    }
    // The process is gone, which its exit tells.
    if (stdin.destroyed) return;
    if (sent !== sizeBytes) throw new Error(`an input of ${sizeBytes} bytes had ${sent}`);
  }

  #drained(): Promise<void> {
    const { stdin } = this.#process;
    return new Promise((resolve) => {
      const go = () => {
        stdin.off('drain', go);
        stdin.off('close', go);
        resolve();
      };
      stdin.once('drain', go);
      stdin.once('close', go);
    });
  }

  async #watchMemory(): Promise<void> {
    const { pid } = this.#process;
    if (pid === undefined) return;
    const bytes = await residentBytes(pid);
    if (bytes !== undefined && bytes > this.#limits.memoryBytes && this.#current !== undefined) this.end('memory');
  }

  /** Whether the program stays alive for this process. */
  #hold(alive: boolean): void {
    const handles = [this.#process, ...this.#process.stdio] as unknown as Pick<Socket, 'ref' | 'unref'>[];
    for (const handle of handles) {
      if (alive) handle?.ref?.();
      else handle?.unref?.();
    }
  }
}
