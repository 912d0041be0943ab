import { PlazaError } from '#platform/errors/errors.ts';
import type { MigrationState } from './phases.ts';
import { allProcesses, burial, obeys, type ProcessRow } from './script.ts';
import type { MigratorTools } from './tools.ts';

/** Clocks of two machines do not run at the very same speed. */
const LEASE_SLACK = 1.2;
/** A process says within seconds that it obeys; one that works on something long takes its time. */
const PATIENCE_MS = 15 * 60_000;

/**
 * Waits until every process obeys the present step. One that does not renew its lease is buried when that has run out, measured by this process's own clock since it saw
 * the last renewal: the other one has stopped writing by then, or cannot acknowledge what it writes.
 */
export async function untilObeyed(tools: MigratorTools, { name, step }: MigrationState): Promise<void> {
  const { relational, clock } = tools;
  const startedMs = clock.monotonic();
  const seen = new Map<string, { renewals: number; sinceMs: number }>();
  for (;;) {
    await tools.letLook();
    const nowMs = clock.monotonic();
    const processes = await relational.query(allProcesses);
    const behind = processes.filter((row) => !obeys(row, name, step));
    if (behind.length === 0) return;
    tools.report('Waiting for processes', processes.length - behind.length, processes.length);
    for (const row of behind) {
      const { holder, renewals, lease_ms: leaseMs } = row;
      const last = seen.get(holder);
      if (last === undefined || last.renewals !== renewals) {
        refuseIgnorant(row, name, last !== undefined);
        seen.set(holder, { renewals, sinceMs: nowMs });
      } else if (leaseMs > 0 && nowMs - last.sinceMs > leaseMs * LEASE_SLACK) {
        await relational.batch([{ query: burial(holder, renewals) }]);
      }
    }
    if (nowMs - startedMs > PATIENCE_MS) {
      throw new PlazaError('unavailable', `${behind.length} processes go on with ${name} as it was before`, {
        description: `${behind.length} of ${processes.length} processes do not say that they obey the present phase of ${name}: look at their logs, restart them, and give the command again.`,
      });
    }
  }
}

/** Who is alive and does not know the migration would write the old form for ever. */
function refuseIgnorant({ seen }: ProcessRow, name: string, isAlive: boolean): void {
  if (!isAlive || name in JSON.parse(seen)) return;
  throw new PlazaError('conflict', `A process does not know ${name}`, {
    description: `A process runs a version of Plaza that does not know ${name}: bring all of them up to date first.`,
  });
}
