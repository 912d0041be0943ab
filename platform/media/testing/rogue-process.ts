/** A decoding process that does what a broken or conquered decoder might do, when the input tells it to. Other inputs it decodes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Done, doJob } from '../do-job.ts';
import { runJobs } from '../job-loop.ts';
import { restrictDecoders } from '../open-picture.ts';

const tell = (found: string): Done => ({
  answer: { kind: 'refused', refusal: { reason: 'unsupported', found } },
  bodies: [],
});

function outcome(attempt: () => unknown): string {
  try {
    attempt();
    return 'done';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'failed';
  }
}

const held: Buffer[] = [];

const TRICKS: Record<string, () => Promise<Done> | Done> = {
  hang: () => new Promise<Done>(() => {}),
  spin() {
    for (;;);
  },
  hog() {
    for (;;) held.push(Buffer.alloc(8 * 1024 * 1024, 1));
  },
  abort() {
    process.abort();
  },
  'exit cleanly': () => process.exit(0),
  babble() {
    process.stdout.write('this is no frame, and it goes on for as long as anybody listens'.repeat(1_000));
    return new Promise<Done>(() => {});
  },
  'promise too much': () => ({ answer: tell('').answer, bodies: [Buffer.alloc(90 * 1024 * 1024)] }),
  'tell the environment': () => tell(Object.keys(process.env).sort().join(' ')),
  'tell the process': () => tell(String(process.pid)),
  'read the password file': () => tell(outcome(() => readFileSync('/etc/passwd'))),
  'write a file': () => tell(outcome(() => writeFileSync('/tmp/plaza-rogue', 'x'))),
};

restrictDecoders();
runJobs(async (job, input) => {
  const trick = TRICKS[input.subarray(0, 100).toString()];
  return trick === undefined ? doJob(job, input) : trick();
});
