import type { Done } from './do-job.ts';
import { type Frame, FrameReader, frameHead } from './frames.ts';
import type { Answer, Job } from './jobs.ts';

/** The parent sends one job at a time and decides how large it may be; this only bounds a mistake. */
const MAX_INPUT_BYTES = 256 * 1024 * 1024;

/** What a decoding process does all its life: a job whenever one comes on standard input, until that ends because the parent closed it or died. */
export function runJobs(perform: (job: Job, input: Buffer) => Promise<Done>): void {
  // Ctrl-C goes to every process of the terminal; the parent decides when its children end.
  process.on('SIGINT', () => {});
  // Also in the middle of a job: nobody waits for it any more.
  process.stdin.once('end', () => process.exit());
  process.stdout.on('error', () => process.exit());

  const handle = async ({ header, bodies }: Frame<Job>) => {
    send({ kind: 'taken' }, []);
    const { answer, bodies: made } = await perform(header, bodies[0]!);
    send(answer, made);
  };
  const reader = new FrameReader<Job>(MAX_INPUT_BYTES, (frame) => void handle(frame));
  process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
}

function send(answer: Answer, bodies: readonly Buffer[]): void {
  process.stdout.write(
    frameHead(
      answer,
      bodies.map(({ length }) => length),
    ),
  );
  for (const body of bodies) process.stdout.write(body);
}
