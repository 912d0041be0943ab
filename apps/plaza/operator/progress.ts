import { SingleBar } from 'cli-progress';
import type { Report } from './command.ts';

/** A progress bar on standard error; one line for each step where that is no terminal. */
export function progressBar(): { report: Report; stop(): void } {
  let bar: SingleBar | undefined;
  let current = '';
  return {
    report(step, done, total) {
      if (!process.stderr.isTTY) {
        if (step !== current) process.stderr.write(`${step}\n`);
        current = step;
        return;
      }
      if (step !== current) {
        bar?.stop();
        bar = new SingleBar({
          format: `${step.padEnd(24)} {bar} {percentage}%  {value}/{total}`,
          barCompleteChar: '█',
          barIncompleteChar: '░',
          hideCursor: true,
          stream: process.stderr,
        });
        bar.start(Math.max(1, total), done);
        current = step;
      }
      bar?.setTotal(Math.max(1, total));
      bar?.update(total === 0 ? 1 : done);
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}
