// Ends a program when npm, which started it, is gone. Plain JavaScript that older versions of Node can run.

const LOOK_EVERY_MS = 1_000;

/**
 * npm runs scripts below a shell, and passes SIGTERM to that shell only, which dies of it and tells nobody. So whoever was started by npm looks whether
 * its parent is still there, and otherwise ends as if the signal had reached it: no Plaza is left behind that holds the port and the data.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}
