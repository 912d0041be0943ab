/** A program that decodes: it prints the id of its decoding process, and then ends by itself (`rest`) or waits for a job that never ends (`work`). */
import type { PlazaError } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDecoder } from '../decoder.ts';

const decoder = createDecoder({
  log: createLog('silent'),
  program: new URL('./rogue-process.ts', import.meta.url),
});
const ask = (trick: string) => {
  const bytes = Buffer.from(trick);
  return decoder.prepare({ sizeBytes: bytes.length, open: async () => bytes }, true);
};
const pid = await ask('tell the process').then(
  () => undefined,
  (error: PlazaError) => /File type (\d+)/.exec(error.message)?.[1],
);
if (process.argv[2] === 'work') void ask('hang');
process.stdout.write(`${pid}\n`);
