/**
 * The program of a decoding process: no environment, no files but its own code, no network in use, and a parent that ends it when it takes
 * too much. Bytes that strangers sent are parsed here and nowhere else.
 */
import { doJob } from './do-job.ts';
import { runJobs } from './job-loop.ts';
import { restrictDecoders } from './open-picture.ts';

restrictDecoders();
runJobs(doJob);
