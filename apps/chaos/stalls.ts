import { type Answer, type Asked, maySendAgain, succeeded } from './api.ts';

/** How people fared while something was broken. */
export interface Spell {
  /** The longest time in which nobody was acknowledged a write. */
  readonly writeStallMs: number;
  /** The same of reads. */
  readonly readStallMs: number;
  readonly writes: number;
  readonly reads: number;
  /** Answers 5xx. */
  readonly failed: number;
  /** Connections that ended without an answer. */
  readonly lost: number;
  /** Answers that did not come in time. */
  readonly late: number;
  /** How often what was answered so: `POST /api/v1/statuses 503`. */
  readonly failures: ReadonlyMap<string, number>;
}

interface Lane {
  lastMs: number;
  stallMs: number;
  count: number;
}

/** Listens to all answers, and measures the gaps between those that say yes. */
export class Stalls {
  #lanes: { write: Lane; read: Lane } = { write: laneFrom(0), read: laneFrom(0) };
  #failed = 0;
  #lost = 0;
  #late = 0;
  #failures = new Map<string, number>();

  begin(nowMs: number): void {
    this.#lanes = { write: laneFrom(nowMs), read: laneFrom(nowMs) };
    this.#failed = 0;
    this.#lost = 0;
    this.#late = 0;
    this.#failures = new Map();
  }

  /** Fit for a listener of `Api`. */
  readonly note = (asked: Asked, answer: Answer, atMs: number): void => {
    if (answer.status === 0) {
      if (answer.late) this.#late++;
      else this.#lost++;
    } else if (maySendAgain(answer)) this.#failed++;
    if (maySendAgain(answer)) {
      const what = `${nameOf(asked)} ${answer.status === 0 ? 'no answer' : answer.status}`;
      this.#failures.set(what, (this.#failures.get(what) ?? 0) + 1);
    }
    if (!succeeded(answer)) return;
    const lane = this.#lanes[asked.method === 'GET' ? 'read' : 'write'];
    passed(lane, atMs);
    lane.count++;
  };

  /** What was since `begin`. */
  read(nowMs: number): Spell {
    const { write, read } = this.#lanes;
    const stall = (lane: Lane) => Math.max(lane.stallMs, nowMs - lane.lastMs);
    return {
      writeStallMs: stall(write),
      readStallMs: stall(read),
      writes: write.count,
      reads: read.count,
      failed: this.#failed,
      lost: this.#lost,
      late: this.#late,
      failures: this.#failures,
    };
  }
}

/** `POST /api/v1/statuses/…/favourite`: the same for all posts and people. */
function nameOf({ method, path }: Asked): string {
  return `${method} ${path.replace(/\?.*$/, '').replace(/\/\d{5,}/g, '/…')}`;
}

function laneFrom(nowMs: number): Lane {
  return { lastMs: nowMs, stallMs: 0, count: 0 };
}

function passed(lane: Lane, atMs: number): void {
  lane.stallMs = Math.max(lane.stallMs, atMs - lane.lastMs);
  lane.lastMs = Math.max(lane.lastMs, atMs);
}
