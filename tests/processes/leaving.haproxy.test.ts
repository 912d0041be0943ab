import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { edgeNode } from '#apps/cluster/edge.ts';
import { startNode, stopNode } from '#engines/node-process.ts';
import { CALLED_SERVICES } from '#platform/config/service-names.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { ApiClient } from '../constellation/api-client.ts';
import { Constellation, type Person } from '../constellation/constellation.ts';
import { SERVERS, type SplitPlaza } from '../constellation/split-plaza.ts';
import { endPrograms, type Program, runProgram } from '../operating/program.ts';

const CLIENTS = 4;
/** After two that failed the load balancer leaves a gateway alone; when it asks again, it has done so. */
const CHECKS = 3;

describe('a gateway that is told to stop, behind HAProxy', () => {
  let world: Constellation;
  let leaving: Program;
  let address = '';
  let watchedAt = '';
  let edge: ReturnType<typeof edgeNode>;
  let people: ApiClient[] = [];

  before(async () => {
    world = await Constellation.start({ split: true });
    const split = world.plaza as SplitPlaza;
    const addresses = CALLED_SERVICES.map((name) => [`PLAZA_${name.toUpperCase()}_URL`, split.running(name).address]);
    leaving = runProgram('../tests/processes/gateway-child.ts', [], {
      ...Object.fromEntries(addresses),
      ...SERVERS_BY_SETTING,
      PLAZA_OPERATOR_KEY: split.operatorKey,
      PLAZA_ORIGIN: split.origin,
      PLAZA_DATA: join(world.folder, 'leaving'),
      PLAZA_PORT: '0',
      PLAZA_METRICS_PORT: '0',
      PLAZA_RATE_LIMITS: 'off',
      PLAZA_STOP_DELAY_SECONDS: '600',
    });
    const said = /gateway at (\S+), watched at (\S+), ready/.exec(await leaving.says('ready'));
    [, address = '', watchedAt = ''] = said ?? [];

    const port = await freePort('127.0.0.1');
    const gateways = [
      { name: 'leaving', port: Number(new URL(address).port) },
      { name: 'staying', port: Number(new URL(split.gateways[0]!.address).port) },
    ];
    edge = edgeNode({ folder: world.folder, port, origin: split.origin, gateways }, '127.0.0.1');
    await startNode(edge);
    const names = Array.from({ length: CLIENTS }, (_, index) => `person${index}`);
    people = (await world.people(...names)).map(({ api }: Person) =>
      new ApiClient(`http://127.0.0.1:${port}`).withToken(api.token ?? ''),
    );
  });
  after(async () => {
    await stopNode(edge);
    endPrograms();
    await world.remove();
  });

  /** How often it has told the load balancer that it leaves. */
  async function refusedChecks(): Promise<number> {
    const { text } = await new ApiClient(watchedAt).get('/metrics');
    const count = /^plaza_gateway_request_seconds_count\{method="GET",route="\/health",status="5xx"\} (\d+)/m.exec(
      text,
    );
    return Number(count?.[1] ?? 0);
  }

  test('no request fails, what it has taken is answered, and it ends well', { timeout: 300_000 }, async (t) => {
    const failures: string[] = [];
    let over = false;
    t.after(() => {
      over = true;
    });
    let rounds = 0;
    const twoRounds = Promise.withResolvers<void>();
    const clients = people.map(async (person, client) => {
      for (let turn = 0; !over; turn++) {
        const key = { 'idempotency-key': `${client}-${turn}` };
        const posted = await person.post('/api/v1/statuses', { status: `Turn ${turn}` }, key).catch(failed);
        if (posted.status !== 200) failures.push(`post: ${posted.status} ${posted.text}`);
        const read = await person.get(`/api/v1/statuses/${posted.body?.id}`).catch(failed);
        if (read.status !== 200) failures.push(`read: ${read.status} ${read.text}`);
        if (++rounds >= 2 * CLIENTS) twoRounds.resolve();
      }
    });
    await twoRounds.promise;
    assert.match(
      (await new ApiClient(watchedAt).get('/metrics')).text,
      /^plaza_gateway_request_seconds_count\{.*statuses/m,
    );

    const half = await halfPosted(address, people[0]!.token ?? '');
    leaving.signal('SIGTERM');
    await until(async () => (await new ApiClient(watchedAt).get('/readyz')).status === 503);
    assert.equal((await new ApiClient(address).get('/api/v2/instance')).status, 200, 'it serves until it is left');
    await until(async () => (await refusedChecks()) >= CHECKS);
    leaving.signal('SIGUSR2');
    await until(() => refuses(address));
    assert.equal(await half.finish(), 200, 'what it has taken is finished after it closed');
    const end = await leaving.ended;
    assert.deepEqual([end.code, end.errors.includes('"level":50')], [0, false], end.errors);

    const before = rounds;
    await until(async () => rounds > before + CLIENTS);
    over = true;
    await Promise.all(clients);
    assert.deepEqual(failures, []);
  });
});

/** What processes share is embedded in the child; its settings have to name servers all the same. */
const SERVERS_BY_SETTING = {
  PLAZA_RELATIONAL_URL: SERVERS.relationalUrl,
  PLAZA_WIDE_COLUMN_URL: SERVERS.wideColumnUrl,
  PLAZA_EVENT_BUS_URL: SERVERS.eventBusUrl,
  PLAZA_CACHE_URL: SERVERS.cacheUrl,
  PLAZA_OBJECT_STORE_URL: SERVERS.objectStoreUrl,
  PLAZA_OBJECT_STORE_KEY_ID: 'nobody',
  PLAZA_OBJECT_STORE_SECRET: 'nothing',
};

const failed = (error: Error) => ({ status: 0, text: String(error.cause ?? error), body: undefined });

/** Asks over and over, one request after the other. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/** A post of which the gateway has the beginning. */
async function halfPosted(address: string, token: string) {
  const body = JSON.stringify({ status: 'Said in two parts' });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': String(body.length),
    expect: '100-continue',
  };
  const asked = request(new URL('/api/v1/statuses', address), { method: 'POST', headers, agent: false });
  asked.flushHeaders();
  // By this it says that it has taken the request.
  await once(asked, 'continue');
  asked.write(body.slice(0, 5));
  return {
    async finish(): Promise<number> {
      asked.end(body.slice(5));
      const [answer] = await once(asked, 'response');
      answer.resume();
      return answer.statusCode;
    },
  };
}

/** Whether nobody listens there any more. */
function refuses(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
