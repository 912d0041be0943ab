import { rmSync } from 'node:fs';
import type { Engine } from '#engines/engine.ts';
import { startNode, stopNode } from '#engines/node-process.ts';

/** Starts an engine below `folder` for a run of tests, and gives what ends it. When it fails, nothing of it is left. */
export async function startEngine(engine: Engine, folder: string): Promise<() => Promise<void>> {
  const stop = async () => {
    await Promise.all(engine.nodes.map(stopNode));
    rmSync(folder, { recursive: true });
  };
  try {
    await Promise.all(engine.nodes.map(startNode));
    await engine.join?.();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
