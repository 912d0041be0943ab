import { PlazaError } from '#platform/errors/errors.ts';
import type { Foundation } from '../composition/foundation.ts';
import { DATA_VERSION } from '../data.ts';
import type { OperatorContext } from '../operator/command.ts';
import { onServers } from '../ports/names.ts';
import { backUp } from './back-up.ts';

/** Backs up what this process keeps itself. Servers are backed up with their own tools: a copy without them would be no backup. */
export function backUpOf({ config, opened, folder, platform }: Foundation): OperatorContext['backUp'] {
  return async (target, report) => {
    const elsewhere = onServers(config).filter((port) => port !== 'cache');
    if (opened.embedded === undefined || folder === undefined || elsewhere.length > 0) throw onServersOnly();
    const { core, derived, objects } = opened.embedded;
    const holdDeletions = <R>(work: () => Promise<R>) => objects.holdDeletions(work);
    const source = { dataFolder: folder.path, core, derived, holdDeletions, dataVersion: DATA_VERSION };
    return backUp({ ...source, clock: platform.clock }, target, report);
  };
}

/** Why `backup` does not copy servers. */
export function onServersOnly(): PlazaError {
  return new PlazaError(
    'bad_request',
    'Data that is on servers is backed up with their own tools: docs/operating.md says how.',
  );
}
