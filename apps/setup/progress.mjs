// One line about work that takes a while. Plain JavaScript that older versions of Node can run.
import { spawn } from 'node:child_process';

/** Runs `work` with one line of progress, and one that says when it is done. What it throws is thrown on, with the line gone. */
export async function withProgress(doing, done, work) {
  const startedAt = process.hrtime.bigint();
  const seconds = () => Number((process.hrtime.bigint() - startedAt) / 1_000_000_000n);
  const stream = process.stderr;
  const show = () => stream.write(`\r${doing} … ${seconds()} s `);
  if (stream.isTTY) show();
  else stream.write(`${doing} …\n`);
  const timer = stream.isTTY ? setInterval(show, 1_000) : undefined;
  try {
    await work();
  } finally {
    clearInterval(timer);
    if (stream.isTTY) stream.write('\r\u001b[K');
  }
  stream.write(`${done} in ${seconds()} s.\n`);
}

/** The exit code of a command and the last of what it said. */
export function outcomeOf(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: `${command} cannot be run: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

export function lastLines(output) {
  return output.trim().split('\n').slice(-15).join('\n');
}
