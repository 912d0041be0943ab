import { createConnection } from 'node:net';
import { join } from 'node:path';
import { CONTROL_SOCKET } from '#apps/plaza/control/protocol.ts';
import { startPlaza } from '#apps/plaza/plaza.ts';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { BEGIN_BEHIND_MS, type Community, type CommunitySize, fillCommunity } from './fill/community.ts';
import { type Report, Stage } from './fill/stage.ts';
import { LeapingClock } from './leaping-clock.ts';

export interface DemoOptions extends CommunitySize {
  /** Fill also where people are already. */
  readonly force: boolean;
}

/** Why the demo does not begin: one line for whoever started it. */
export class DemoRefusal extends Error {}

/**
 * Fills the data folder of `config` with a community, under the folder's lock and through the services, as if three weeks had passed.
 * @throws DemoRefusal where a Plaza runs on the folder, or people are there already
 */
export async function runDemo(config: Config, options: DemoOptions, report: Report): Promise<Community> {
  if (await isRunning(config.data)) {
    throw new DemoRefusal(`A Plaza runs on ${config.data}: stop it first, or name another folder with PLAZA_DATA.`);
  }
  const empty = await isEmpty(config);
  if (!empty && !options.force) {
    throw new DemoRefusal(
      `People are in ${config.data} already: name an empty folder with PLAZA_DATA, or add --force to fill it all the same.`,
    );
  }
  const presentMs = systemClock.now();
  // Where something has happened, time cannot begin before it.
  const clock = new LeapingClock(systemClock, empty ? BEGIN_BEHIND_MS : 0);
  let objects: ObjectStore | undefined;
  const plaza = await startPlaza({
    config: quiet(config),
    serve: false,
    clock,
    wrapPorts(ports) {
      objects = ports.objects;
      return ports;
    },
  });
  try {
    if (objects === undefined) throw new ConfigError('There is no object store.');
    return await fillCommunity(new Stage({ plaza, clock, objects, report }), options, presentMs);
  } finally {
    await plaza.stop();
  }
}

/** Asked in the present: what was written today is not yet there in the past. */
async function isEmpty(config: Config): Promise<boolean> {
  const plaza = await startPlaza({ config: quiet(config), serve: false });
  try {
    const authentication = plaza.services.client(authenticationContract);
    const { accounts } = await authentication.listAccounts({ page: { limit: 1 } }, plaza.operator.context());
    return accounts.length === 0;
  } finally {
    await plaza.stop();
  }
}

function quiet(config: Config): Config {
  return { ...config, logLevel: 'error', metricsPort: 'off' };
}

function isRunning(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(join(folder, CONTROL_SOCKET));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
