// A process that makes load: one job in, one result out, so that its work is not counted as the server's.
import type { LoadJob } from './job.ts';
import { runLoad } from './run.ts';

process.on('message', (job: LoadJob) => {
  runLoad(job).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
