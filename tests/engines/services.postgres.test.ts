// The services' own tests once more, with their relational tables on PostgreSQL: whatever only SQLite takes fails here.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { onServer, testPostgresUrl } from '#ports/relational/postgres/testing.ts';
import { findTests } from '../runner/find-tests.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Tests whose path begins so. Whatever of a service touches no relational table is left to its own run. */
const SUITES: Readonly<Record<string, readonly string[]>> = {
  authentication: ['services/authentication/'],
  user: ['services/user/'],
  post: ['services/post/'],
  feed: ['services/feed/lists', 'services/feed/timelines', 'services/feed/keeping'],
  platform: ['platform/ids/lease', 'platform/outbox/relational', 'platform/leadership/', 'platform/migration/watch'],
};

/** About SQLite itself: what stands in its file, and the plans of its queries. */
const OF_SQLITE = [
  'no secret of anybody stands readable in the data or the log',
  'no read looks through a whole table',
];

const database = `services_${randomBytes(6).toString('hex')}`;

before(() => onServer(testPostgresUrl(), `CREATE DATABASE ${database}`));
after(() => onServer(testPostgresUrl(), `DROP DATABASE ${database} WITH (FORCE)`));

for (const [name, beginnings] of Object.entries(SUITES)) {
  test(`${name} on PostgreSQL`, async () => {
    const files = findTests(ROOT).filter(
      (path) => beginnings.some((beginning) => path.startsWith(beginning)) && !/\.[a-z0-9]+\.test\.ts$/.test(path),
    );
    assert.ok(files.length > 0);
    const { code, output } = await runTests(files);
    assert.ok(/^# pass [1-9]/m.test(output), output.slice(-2_000));
    assert.equal(code, 0, output.slice(-20_000));
  });
}

async function runTests(files: readonly string[]): Promise<{ code: number | null; output: string }> {
  const url = new URL(testPostgresUrl());
  url.pathname = `/${database}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PLAZA_TEST_RELATIONAL: 'postgres',
    PLAZA_TEST_POSTGRES_URL: url.href,
  };
  // Else the child would take itself for a file of this run, and run nothing.
  delete env.NODE_TEST_CONTEXT;
  const skipped = OF_SQLITE.map((title) => `--test-skip-pattern=${title}`);
  const args = ['--test', '--test-reporter=tap', '--test-concurrency=1', ...skipped, ...files];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { code, output: output.replaceAll(/^ *ok .*\n/gm, '') };
}
