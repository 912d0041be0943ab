import { buildVersitygw } from '#engines/s3/build-versitygw.ts';
import type { Outcome } from './requirements.ts';

/** The S3 server, built once. */
export async function s3Server(): Promise<Outcome> {
  try {
    await buildVersitygw();
    return { env: {} };
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = (stderr?.trim() || message).split('\n').at(-1);
    return { missing: `needs Go 1.25 or newer, or Python 3 with venv, and Go's modules (${reason})` };
  }
}
