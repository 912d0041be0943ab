import { fork } from 'node:child_process';
import type { LoadJob, LoadResult } from './job.ts';

const CHILD = new URL('./load-child.ts', import.meta.url).pathname;

/** Runs a job in a process of its own. */
export function load(job: LoadJob): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('message', (answer: { result?: LoadResult; error?: string }) => {
      child.disconnect();
      if (answer.result === undefined) reject(new Error(answer.error));
      else resolve(answer.result);
    });
    child.send(job);
  });
}
