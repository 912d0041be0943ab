import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { commandRunning } from '#apps/plaza/control/client.ts';
import type { Plaza } from '#apps/plaza/plaza.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { startClusterPlaza } from '#tests/constellation/cluster-plaza.ts';
import { onCluster } from '#tests/constellation/test-cluster.ts';
import { endPrograms, runProgram } from '#tests/operating/program.ts';

/** A Plaza in a process of its own, as `npm start` runs it, with the limits that people meet; or the cluster of this run, where this file runs on that. */
export interface PlazaProcess {
  /** As the person reads it in the banner. */
  readonly origin: string;
  /** A folder for files of the test, removed with everything else. */
  readonly folder: string;
  /** Resolves when what was done so far has arrived everywhere. */
  settle(): Promise<void>;
}

/** Starts one for the tests of a file and removes it afterwards. */
export function plazaForTests(settings: Readonly<Record<string, string>> = {}): Promise<PlazaProcess> {
  const started = start(settings);
  after(async () => (await started).remove());
  return started;
}

function asProcess(plaza: Plaza, folder: string): PlazaProcess & { remove(): Promise<void> } {
  return {
    origin: plaza.origin,
    folder,
    settle: plaza.drain,
    async remove() {
      await plaza.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(settings: Readonly<Record<string, string>>): Promise<PlazaProcess & { remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-clients-'));
  if (onCluster()) return asProcess(await startClusterPlaza(settings), folder);
  const data = join(folder, 'data');
  const port = await freePort('127.0.0.1');
  const program = runProgram('plaza/main.ts', [], {
    PLAZA_DATA: data,
    PLAZA_PORT: String(port),
    PLAZA_METRICS_PORT: 'off',
    PLAZA_LOG_LEVEL: 'warn',
    ...settings,
  });
  await program.says('Stop with Ctrl-C');
  return {
    origin: `http://localhost:${port}`,
    folder,
    async settle() {
      await commandRunning(data, 'events.drain', {}, () => {});
    },
    async remove() {
      program.signal('SIGTERM');
      const { errors } = await program.ended;
      endPrograms();
      await rm(folder, { recursive: true, force: true });
      if (errors !== '') throw new Error(`Plaza logged problems:\n${errors}`);
    },
  };
}
