import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { commandRunning } from '#apps/plaza/control/client.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Transport } from '#tests/constellation/constellation.ts';

const CHILD = new URL('./child.ts', import.meta.url).pathname;

export interface MortalOptions {
  readonly dataFolder: string;
  readonly port: number;
  /** `point:nth`, where the process dies. */
  readonly fault?: string;
  readonly clockOffsetMs?: number;
  /** How its services call each other. */
  readonly calls?: Transport;
}

/** Whoever still runs, so that a failed test leaves nobody behind. */
const running = new Set<ChildProcess>();
let isOver = false;

/** Nobody is started any more: a test that took too long is given up, but its function goes on. */
export function killEveryone(): void {
  isOver = true;
  for (const child of running) child.kill('SIGKILL');
}

/** A Plaza in a process of its own, which may die at a fault point or be killed. */
export class MortalPlaza {
  readonly #child: ChildProcess;
  readonly #options: MortalOptions;
  readonly address: string;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  /** What it wrote to standard error. */
  errors = '';
  #isGone = false;

  private constructor(child: ChildProcess, options: MortalOptions) {
    this.#child = child;
    this.#options = options;
    this.address = `http://127.0.0.1:${options.port}`;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    running.add(child);
    // Only then all that it said has been read.
    this.gone = once(child, 'close').then(() => {
      running.delete(child);
      this.#isGone = true;
    });
  }

  /** Resolves when it is ready, or has died on the way (a fault point can be reached while it starts). */
  static async start(options: MortalOptions): Promise<MortalPlaza> {
    if (isOver) throw new Error('The test is over.');
    const child = spawn(process.execPath, [CHILD, String(options.clockOffsetMs ?? 0)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        PLAZA_DATA: options.dataFolder,
        PLAZA_PORT: String(options.port),
        PLAZA_RATE_LIMITS: 'off',
        PLAZA_METRICS_PORT: 'off',
        PLAZA_LOG_LEVEL: 'error',
        PLAZA_CALLS: options.calls ?? 'function',
        ...(options.fault === undefined ? {} : { PLAZA_FAULT: options.fault }),
      },
    });
    const plaza = new MortalPlaza(child, options);
    const ready = (async () => {
      for await (const line of createInterface({ input: child.stdout! })) if (line.startsWith('ready ')) return;
    })();
    await Promise.race([ready, plaza.gone]);
    return plaza;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Whether it died where it was told to. */
  reached(point: string): boolean {
    return this.errors.includes(`fault point reached: ${point}\n`);
  }

  /** Waits until every event is handled; false when the process died meanwhile. */
  async drain(): Promise<boolean> {
    try {
      return (await commandRunning(this.#options.dataFolder, 'events.drain', {}, () => {})) !== undefined;
    } catch (error) {
      // The line ends before the process is gone.
      if (!(error instanceof PlazaError && error.code === 'unavailable')) throw error;
      await this.gone;
      return false;
    }
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.gone;
  }

  stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    return this.gone;
  }
}
