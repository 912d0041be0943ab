import type { Config } from '#platform/config/config.ts';
import { startPlaza } from '../plaza.ts';

/** Opens the data of a Plaza that does not run, under the folder's lock, with its services and without its public address. */
export async function openForOperator(config: Config) {
  return await startPlaza({ config: { ...config, logLevel: 'error', metricsPort: 'off' }, serve: false });
}
