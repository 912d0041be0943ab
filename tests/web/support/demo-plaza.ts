import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoOptions, runDemo } from '#apps/plaza/demo/run.ts';
import { type Plaza, startPlaza } from '#apps/plaza/plaza.ts';
import { loadConfig } from '#platform/config/config.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** A running Plaza with people, talk and pictures, and the built browser client. */
export interface DemoPlaza {
  readonly plaza: Plaza;
  /** Stops it and starts it on the same data, with the client that was built into this folder. */
  restart(clientFolder: string): Promise<void>;
  readonly origin: string;
  /** Who can sign in. */
  readonly person: Person;
  remove(): Promise<void>;
}

const SMALL = { people: 20, posts: 150, seed: 7, force: false } as const;

/** Makes a community in a folder of its own and serves it. */
export async function startDemoPlaza(
  community: Partial<DemoOptions> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<DemoPlaza> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-web-'));
  const config = loadConfig({
    env: {
      PLAZA_DATA: join(folder, 'data'),
      PLAZA_PORT: String(await freePort('127.0.0.1')),
      PLAZA_METRICS_PORT: 'off',
      PLAZA_LOG_LEVEL: 'warn',
      PLAZA_RATE_LIMITS: 'off',
      ...settings,
    },
  });
  const { username, password } = await runDemo(config, { ...SMALL, ...community }, () => {});
  let plaza = await startPlaza({ config });
  return {
    get plaza() {
      return plaza;
    },
    async restart(clientFolder) {
      await plaza.stop();
      plaza = await startPlaza({ config, clientFolder });
    },
    origin: plaza.origin,
    person: { username, password },
    async remove() {
      await plaza.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
