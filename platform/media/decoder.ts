import { invalid, PlazaError } from '#platform/errors/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Frame } from './frames.ts';
import type { Answer, Job, PictureCaps, PreparedPicture, RecognisedFile, RenderedVariant, Variant } from './jobs.ts';
import { DECODER_LIMITS, type DecoderLimits } from './limits.ts';
import { endedError, refusalError } from './refusals.ts';
import { DecodingWorker, type Input, ProcessEnded } from './worker.ts';

export interface DecoderOptions {
  readonly log: Logger;
  readonly limits?: Partial<DecoderLimits>;
  /** The program of the processes: another one in tests. */
  readonly program?: URL;
}

/** A picture with its bytes, ready to be stored. */
export type Prepared = (PreparedPicture & { readonly bytes: Buffer; readonly thumbnailBytes: Buffer }) | RecognisedFile;

/**
 * Reads what strangers upload, in processes that hold nothing worth stealing and may die. All methods reject with `validation_failed` for an input that is not
 * supported, damaged, too large, or that takes too much time or memory; with `unavailable` when too many wait.
 */
export interface Decoder {
  /**
   * Tells by its content what a file is. A picture is made anew, at most 3840 × 2160 pixels large, with a thumbnail; video and sound are only recognised.
   * `whole` is false when the input is the beginning of a file that is too large to be a picture.
   */
  prepare(input: Input, whole: boolean): Promise<Prepared>;
  /** Makes a picture anew in several sizes, in the order asked for. */
  renderVariants(input: Uint8Array, variants: readonly Variant[]): Promise<RenderedVariant[]>;
  /** Ends the processes; what waits or runs is rejected with `unavailable`. */
  stop(): Promise<void>;
}

/** Starts no process before the first input comes. */
export function createDecoder(options: DecoderOptions): Decoder {
  return new ProcessDecoder(options);
}

interface Waiting {
  readonly job: Job;
  readonly input: Input;
  readonly resolve: (frame: Frame<Answer>) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  /** Whether a process has already died before it looked at this. */
  again: boolean;
}

class ProcessDecoder implements Decoder {
  readonly #log: Logger;
  readonly #limits: DecoderLimits;
  readonly #program: URL | undefined;
  readonly #caps: PictureCaps;
  readonly #idle: DecodingWorker[] = [];
  readonly #all = new Set<DecodingWorker>();
  readonly #queue: Waiting[] = [];
  #idleTimer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ log, limits, program }: DecoderOptions) {
    this.#log = log;
    this.#limits = { ...DECODER_LIMITS, ...limits };
    this.#program = program;
    const { pixels, frames, storedPixels, thumbnailPixels, outputBytes } = this.#limits;
    this.#caps = { pixels, frames, storedPixels, thumbnailPixels, outputBytes };
  }

  async prepare(input: Input, whole: boolean): Promise<Prepared> {
    const { header, bodies } = await this.#submit({ kind: 'prepare', whole, caps: this.#caps }, input);
    if (header.kind === 'picture') return { ...header, bytes: bodies[0]!, thumbnailBytes: bodies[1]! };
    if (header.kind === 'video' || header.kind === 'audio') return header;
    throw new Error(`a decoding process answered "${header.kind}"`);
  }

  async renderVariants(bytes: Uint8Array, variants: readonly Variant[]): Promise<RenderedVariant[]> {
    const input = { sizeBytes: bytes.length, open: async () => bytes };
    const { header, bodies } = await this.#submit({ kind: 'render', variants, caps: this.#caps }, input);
    if (header.kind !== 'rendered') throw new Error(`a decoding process answered "${header.kind}"`);
    return header.variants.map((variant, i) => ({ ...variant, bytes: bodies[i]! }));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#idleTimer);
    for (const waiting of this.#queue.splice(0)) this.#giveUp(waiting, 'The program is stopping');
    const all = [...this.#all];
    for (const worker of all) worker.end('stopped');
    await Promise.all(all.map((worker) => worker.exited));
  }

  async #submit(job: Job, input: Input): Promise<Frame<Answer>> {
    if (input.sizeBytes === 0) throw invalid('file', 'ERR_BLANK', 'The file is empty');
    if (input.sizeBytes > this.#limits.inputBytes) throw refusalError({ reason: 'too_large' }, this.#limits);
    if (this.#stopped) throw new PlazaError('unavailable', 'The program is stopping');
    if (this.#queue.length >= this.#limits.waiting) throw busy();
    const frame = await new Promise<Frame<Answer>>((resolve, reject) => {
      const timer = setTimeout(() => this.#tooLate(waiting), this.#limits.waitMs);
      const waiting: Waiting = { job, input, resolve, reject, timer, again: false };
      this.#queue.push(waiting);
      this.#dispatch();
    });
    if (frame.header.kind === 'refused') throw refusalError(frame.header.refusal, this.#limits);
    return frame;
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && !this.#stopped) {
      const worker = this.#free();
      if (worker === undefined) return;
      const waiting = this.#queue.shift()!;
      clearTimeout(waiting.timer);
      void this.#work(worker, waiting);
    }
  }

  async #work(worker: DecodingWorker, waiting: Waiting): Promise<void> {
    try {
      waiting.resolve(await worker.do(waiting.job, waiting.input));
    } catch (error) {
      this.#failed(waiting, error as Error);
    }
    if (worker.usable) this.#rest(worker);
    else worker.end('stopped');
    this.#dispatch();
  }

  #failed(waiting: Waiting, error: Error): void {
    if (!(error instanceof ProcessEnded)) {
      waiting.reject(error);
      return;
    }
    if (error.ended === 'idle' && !waiting.again && !this.#stopped) {
      waiting.again = true;
      this.#queue.unshift(waiting);
      return;
    }
    this.#log.warn({ err: error }, 'a picture could not be decoded');
    waiting.reject(endedError(error.ended) ?? new PlazaError('unavailable', 'Pictures cannot be processed right now'));
  }

  #free(): DecodingWorker | undefined {
    for (let worker = this.#idle.pop(); worker !== undefined; worker = this.#idle.pop()) {
      if (worker.usable) return worker;
      worker.end('stopped');
    }
    if (this.#all.size >= this.#limits.processes) return undefined;
    const worker = new DecodingWorker(this.#limits, this.#program);
    this.#all.add(worker);
    void worker.exited.then(() => {
      this.#all.delete(worker);
      this.#dispatch();
    });
    return worker;
  }

  #rest(worker: DecodingWorker): void {
    this.#idle.push(worker);
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      for (const idle of this.#idle.splice(0)) idle.end('stopped');
    }, this.#limits.idleMs);
    this.#idleTimer.unref();
  }

  #tooLate(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place < 0) return;
    this.#queue.splice(place, 1);
    waiting.reject(busy());
  }

  #giveUp(waiting: Waiting, why: string): void {
    clearTimeout(waiting.timer);
    waiting.reject(new PlazaError('unavailable', why));
  }
}

function busy(): PlazaError {
  return new PlazaError('unavailable', 'Too many uploads are being processed; try again in a minute');
}
