import { hkdfSync } from 'node:crypto';
import type { Config } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import { operatorKey } from '#platform/config/operator-key.ts';
import type { DataFolder } from '#platform/lifecycle/data-folder.ts';
import type { Random } from '#platform/random/random.ts';

/**
 * The key that encrypts secrets at rest: as set, else from the data folder, where this process has one.
 * @throws ConfigError where several processes would each make their own
 */
export function operatorKeyOf(config: Config, folder: DataFolder | undefined, random: Random): Buffer {
  if (config.operatorKey === undefined && (folder === undefined || config.relationalUrl !== undefined)) {
    throw new ConfigError(
      'PLAZA_OPERATOR_KEY is not set while PLAZA_RELATIONAL_URL is: all processes need the same; use the output of: openssl rand -hex 32.',
    );
  }
  return operatorKey(config.operatorKey, folder?.path ?? '', random);
}

/** A key for one purpose, from which the operator key cannot be found. */
export function derivedKey(key: Buffer, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, 32)).toString('base64url');
}
