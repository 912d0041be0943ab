// Runs a program under another Node as if it were this process. Plain JavaScript that older versions of Node can run.
import { spawn } from 'node:child_process';

/**
 * Passes signals on and ends as the child ends. The channel tells the child when this process is gone, so that a killed launcher leaves no Plaza behind that holds the port and the data.
 */
export function runChild(node, args) {
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  child.on('error', (error) => {
    process.stderr.write(`${node} cannot be run (${error.message}).\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of signals) process.off(name, pass);
    process.kill(process.pid, signal);
  });
}
