import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Admin } from '@platformatic/kafka';

const POLL_MS = 100;
const WHOLE_MS = 240_000;

/** Whether a broker's process takes connections. It may still wait for the others to elect a leader. */
export function answersAsBroker(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * Resolves when `count` brokers serve clients.
 * @throws Error when that takes more than four minutes
 */
export async function untilWhole(brokers: readonly string[], count: number): Promise<void> {
  const deadline = performance.now() + WHOLE_MS;
  while ((await brokersServing(brokers)) < count) {
    if (performance.now() > deadline) throw new Error(`The brokers ${brokers.join(', ')} do not find together.`);
    await pause(POLL_MS);
  }
}

async function brokersServing(brokers: readonly string[]): Promise<number> {
  const admin = new Admin({ clientId: 'engine', bootstrapBrokers: [...brokers], retries: 0, requestTimeout: 2_000 });
  try {
    return (await admin.metadata({ topics: [] })).brokers.size;
  } catch {
    return 0;
  } finally {
    await admin.close();
  }
}
