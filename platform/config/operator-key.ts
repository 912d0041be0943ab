import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Random, randomToken } from '#platform/random/random.ts';
import { ConfigError } from './config-error.ts';
import { decodeKey } from './formats.ts';

const KEY_BYTES = 32;

/**
 * The key that encrypts secrets at rest, 32 bytes: as configured, else from `keys/operator.key` of the data folder, which is made at the first start
 * (readable by its owner only) and never replaced.
 */
export function operatorKey(configured: string | undefined, dataFolder: string, random: Random): Buffer {
  if (configured !== undefined) return keyOf(configured, 'PLAZA_OPERATOR_KEY');
  const folder = join(dataFolder, 'keys');
  const path = join(folder, 'operator.key');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) writeOnce(path, `${randomToken(random, KEY_BYTES)}\n`);
  chmodSync(path, 0o600);
  return keyOf(readFileSync(path, 'utf8').trim(), path);
}

function keyOf(text: string, where: string): Buffer {
  const key = decodeKey(text);
  if (key === undefined) throw new ConfigError(`${where} does not hold a key of 32 bytes: restore it from a backup.`);
  return key;
}

/** The whole text or nothing, on disk before it is used: half a key would lose what was encrypted under it. */
function writeOnce(path: string, text: string): void {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  linkSync(draft, path);
  rmSync(draft);
}
