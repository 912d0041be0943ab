import { allEngines } from './all-engines.ts';
import { cassandra } from './cassandra.ts';
import { findChromium, NO_BROWSER } from './chromium.ts';
import { haproxy } from './haproxy.ts';
import { kafkaBroker } from './kafka-broker.ts';
import { postgresServer } from './postgres.ts';
import { processes } from './processes.ts';
import { pythonClients } from './python-clients.ts';
import { redisServer } from './redis-server.ts';
import { s3Server } from './s3-server.ts';
import { wholeCluster } from './whole-cluster.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Either what to add to the tests' environment, and how to end what was started for them; or why these tests cannot run here. */
export type Outcome =
  | { readonly env: Readonly<Record<string, string>>; stop?(): Promise<void> }
  | { readonly missing: string };

export interface Requirement {
  /** Tests whose file name ends so need it. */
  readonly suffix: string;
  /** These tests run after all others, one file after the other, when nothing that was started for others is left. */
  readonly alone?: true;
  /** Looks for it, sets it up where that is possible. */
  prepare(root: string, env: Environment): Promise<Outcome>;
}

/** What some tests need beyond Node and the packages of the project. A test's file name says so: `sign-in.browser.test.ts`. */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    suffix: '.browser.test.ts',
    async prepare(_root, env) {
      const browser = findChromium(env.PLAZA_CHROMIUM);
      return browser === undefined ? { missing: NO_BROWSER } : { env: { PLAZA_CHROMIUM: browser } };
    },
  },
  { suffix: '.client.test.ts', prepare: pythonClients },
  { suffix: '.haproxy.test.ts', prepare: haproxy },
  { suffix: '.redis.test.ts', prepare: redisServer },
  { suffix: '.s3.test.ts', prepare: s3Server },
  { suffix: '.kafka.test.ts', prepare: kafkaBroker },
  { suffix: '.cql.test.ts', prepare: cassandra },
  { suffix: '.postgres.test.ts', prepare: postgresServer },
  // Last, so that it shares what others have started.
  { suffix: '.cluster.test.ts', prepare: allEngines },
  { suffix: '.processes.test.ts', prepare: processes, alone: true },
  { suffix: '.chaos.test.ts', prepare: wholeCluster, alone: true },
];
