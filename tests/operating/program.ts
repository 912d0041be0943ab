import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Program {
  readonly pid: number;
  /** Resolves, with all output until then, when that holds the text; rejects when the program ends before. */
  says(text: string): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

const running = new Set<Program>();

/** Ends what a failed test left running. */
export function endPrograms(): void {
  for (const program of running) program.signal('SIGKILL');
}

/** Runs one of the programs of `apps/` as a person would, with only the given settings in its environment. */
export function runProgram(script: string, args: readonly string[], settings: Record<string, string>): Program {
  const child = spawn(process.execPath, [new URL(`../../apps/${script}`, import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...settings },
  });
  let output = '';
  let errors = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => {
    running.delete(program);
    return { code: code as number | null, output, errors };
  });
  const program: Program = {
    pid: child.pid ?? 0,
    ended,
    signal: (signal) => void child.kill(signal),
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!output.includes(text)) return;
          waiting.delete(look);
          resolve(output);
        };
        waiting.add(look);
        look();
        void ended.then((end) =>
          reject(new Error(`It ended with ${end.code} before it said "${text}":\n${end.errors}`)),
        );
      }),
  };
  running.add(program);
  return program;
}

/** Runs a program to its end. */
export function endOf(script: string, args: readonly string[], settings: Record<string, string>): Promise<Ended> {
  return runProgram(script, args, settings).ended;
}
