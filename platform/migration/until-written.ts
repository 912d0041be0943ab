import { dependencyIsDown } from '#ports/event-bus/failure.ts';
import type { Mutation } from '#ports/wide-column/port.ts';
import type { MigratorTools } from './tools.ts';

/** Servers that are away for longer end the command; it goes on where it was when it is given again. */
const ATTEMPTS = 60;
const PAUSE_MS = 500;
/** Each row may have another beside it. */
const MUTATIONS_PER_WRITE = 500;

/** Writes until it is acknowledged: a write whose fate is unknown may be repeated, since its version is the same. */
export async function untilWritten(tools: MigratorTools, mutations: readonly Mutation[]): Promise<void> {
  for (let start = 0; start < mutations.length; start += MUTATIONS_PER_WRITE) {
    const some = mutations.slice(start, start + MUTATIONS_PER_WRITE);
    for (let attempt = 1; ; attempt++) {
      try {
        await tools.wide.write(some);
        break;
      } catch (error) {
        if (!dependencyIsDown(error) || attempt === ATTEMPTS) throw error;
        await tools.clock.wait(PAUSE_MS);
      }
    }
  }
}
