import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import { Looper } from '#platform/outbox/looper.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { freshIds } from '../parts.ts';
import type { ProfileImages } from '../profile-images.ts';
import { authorizeSome, BACKGROUND_BATCH, IDS_PER_ROW } from '../scripts/background.ts';
import { eraseSome } from '../scripts/erase.ts';
import { finishTask } from '../scripts/tasks.ts';
import { readTasks, type Task } from '../store/tasks.ts';

const TASKS_AT_ONCE = 20;
/** After a failure, and to see what another process promised before it died. */
const LOOK_EVERY_MS = 30_000;

export interface TaskWorkerParts {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly ids: IdGenerator;
  readonly log: Logger;
  readonly images: ProfileImages;
  /** Called after a step that told events. */
  readonly told: () => void;
}

export interface TaskWorker {
  wake(): void;
  /** Resolves when nothing is left that can be done now. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Does the work that changes have promised, in small transactions. A task stays in its table until everything is done, and each step looks for
 * what is left: so a crash, or two processes at one task, only repeat what changes nothing.
 */
export function startTaskWorker(parts: TaskWorkerParts): TaskWorker {
  const { relational, clock, log } = parts;
  const looper = new Looper(async (signal) => {
    try {
      const tasks = await readTasks(relational, TASKS_AT_ONCE);
      let failed = false;
      for (const task of tasks) {
        // One that fails must not hold up the work of everybody else.
        const done = await work(parts, task, signal).catch((error) => {
          log.warn({ err: error, task: task.kind.split(':', 1)[0] }, 'user: promised work failed; it is tried again');
          failed = true;
          return true;
        });
        if (!done) return false;
      }
      return !failed && tasks.length === TASKS_AT_ONCE;
    } catch (error) {
      log.warn({ err: error }, 'user: promised work could not be read; it is tried again');
      return false;
    }
  });
  const looking = (async () => {
    while (!looper.signal.aborted) {
      await clock.wait(LOOK_EVERY_MS, looper.signal);
      looper.wake();
    }
  })();
  looper.start();
  return {
    wake: () => looper.wake(),
    async drain() {
      looper.wake();
      await looper.rest();
    },
    async stop() {
      await looper.stop();
      await looking;
    },
  };
}

/** False when `signal` aborted first. */
async function work(parts: TaskWorkerParts, task: Task, signal: AbortSignal): Promise<boolean> {
  const { relational, images, faults } = parts;
  const step = stepOf(parts, task);
  while (await step()) {
    parts.told();
    if (signal.aborted) return false;
  }
  parts.told();
  if (task.kind === 'erase') {
    faults.hit('account.after-erase');
    await images.removeAll(task.accountId);
  }
  await relational.run(finishTask, { accountId: task.accountId, kind: task.kind });
  return !signal.aborted;
}

/** One step of a task: whether there may be more. */
function stepOf(
  { relational, clock, ids, images }: TaskWorkerParts,
  { accountId, kind }: Task,
): () => Promise<boolean> {
  if (kind === 'erase') return () => relational.run(eraseSome, { accountId });
  if (kind === 'authorize') {
    return () =>
      relational.run(authorizeSome, {
        accountId,
        nowMs: clock.now(),
        ids: freshIds(ids, BACKGROUND_BATCH * IDS_PER_ROW),
      });
  }
  if (kind.startsWith('remove:')) {
    return async () => {
      await images.remove(kind.slice('remove:'.length));
      return false;
    };
  }
  throw new Error(`Nobody knows how to do the task "${kind}".`);
}
