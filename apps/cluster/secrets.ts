import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, randomToken } from '#platform/random/random.ts';

/** Made at the first start of a cluster and kept for its owner only. Letters and digits: some engines take no others. */
export interface ClusterSecrets {
  readonly operatorKey: string;
  readonly callSecret: string;
  readonly postgres: string;
  readonly redis: string;
  readonly s3: string;
}

export function clusterSecrets(folder: string, random: Random): ClusterSecrets {
  const path = join(folder, 'secrets.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ClusterSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = () => Buffer.from(randomToken(random, 32), 'base64url').toString('hex');
  const made: ClusterSecrets = {
    operatorKey: secret(),
    callSecret: secret(),
    postgres: secret(),
    redis: secret(),
    s3: secret(),
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}
