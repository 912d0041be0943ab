import type { Config } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import type { Foundation } from '../composition/foundation.ts';
import { DATA_VERSION } from '../data.ts';
import type { OperatorContext } from '../operator/command.ts';
import { onServers } from '../ports/names.ts';
import { backUp } from './back-up.ts';

/** Backs up the data of this process, wherever it is: in the data folder, or on servers. */
export function backUpOf({ config, opened, folder, platform }: Foundation): OperatorContext['backUp'] {
  return async (target, report) => {
    if (keepsOnServers(config)) return backUpOnServers(config)(target, report);
    // The first look has refused what is neither; a process without a folder has everything on servers.
    const { core, derived, objects } = opened.embedded!;
    const holdDeletions = <R>(work: () => Promise<R>) => objects.holdDeletions(work);
    const source = { dataFolder: folder!.path, core, derived, holdDeletions, dataVersion: DATA_VERSION };
    return backUp({ ...source, clock: platform.clock }, target, report);
  };
}

/** Backs up what is on servers, from any process that knows where they are. */
export function backUpOnServers(config: Config): OperatorContext['backUp'] {
  return async (target, report) => {
    const { backUpServers } = await import('./servers/back-up-servers.ts');
    return backUpServers(config, target, report);
  };
}

/**
 * Whether the data is on servers.
 * @throws ConfigError where some of it is, and some in a folder: no moment would be the same for both
 */
export function keepsOnServers(config: Config): boolean {
  const ports = onServers(config).filter((port) => port !== 'cache');
  if (ports.length === 0) return false;
  if (ports.length === DATA_PORTS) return true;
  throw new ConfigError(
    'Some of the data is on servers and some in PLAZA_DATA: back both up with their own tools while Plaza is stopped, or name servers for all.',
  );
}

/** All ports but the cache. */
const DATA_PORTS = 4;
