import { join, resolve } from 'node:path';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { RelationalFilling } from '#ports/relational/postgres/copy.ts';
import { openPostgres } from '#ports/relational/postgres/relational.ts';
import { RevisionStore } from '#services/post/store/revision-store.ts';
import { POST_HEAD } from '#services/post/store/tables.ts';
import type { Report } from '../../operator/command.ts';
import { sha256Of } from '../copy-tree.ts';
import { OBJECTS_FOLDER } from '../layout.ts';
import { copyEventId } from './event-ids.ts';
import { fillEvents } from './events.ts';
import { CHANGES_FILE, type ListedFile, OBJECTS_FILE, type ServersManifest, type WideLine } from './layout.ts';
import { linesOf } from './line-file.ts';
import { fillObjects } from './objects.ts';
import { fillRelational } from './relational.ts';
import { keyFingerprint, openServers, type Servers } from './servers.ts';
import { fillTables } from './wide-column.ts';

const STEP = 'Checking';

/**
 * Brings a backup of servers back into empty ones. All of the backup is checked before anything is written. Services start afterwards: they handle the events that
 * came with it, and are then where they were.
 */
export async function restoreServers(
  config: Config,
  backup: string,
  manifest: ServersManifest,
  report: Report,
): Promise<{ files: number }> {
  const folder = resolve(backup);
  if (manifest.keyFingerprint !== keyFingerprint(config)) {
    throw new PlazaError(
      'conflict',
      'PLAZA_OPERATOR_KEY is not the key of this backup: set the one that it was made with.',
    );
  }
  await check(folder, manifest, report);
  const servers = await openServers(config);
  const filling = await RelationalFilling.open(servers.relational).catch(async (error: unknown) => {
    await servers.close();
    throw error;
  });
  try {
    await refuseFilled(servers, filling);
    await fillRelational(filling, manifest, folder, report);
    await fillTables(servers.wide, manifest, folder, report);
    await raiseRevisions(servers, folder);
    await fillObjects(servers.objects, manifest, folder, report);
    // Last: who handles events finds everything that they tell of.
    const tools = { newId: copyEventId, timeMs: systemClock.now() };
    await fillEvents(servers.events, manifest, folder, tools, report);
  } finally {
    await filling.close();
    await servers.close();
  }
  return { files: Object.keys(manifest.files).length + manifest.objects.count };
}

async function check(folder: string, { files, objects }: ServersManifest, report: Report): Promise<void> {
  const total = Object.keys(files).length + objects.count;
  let done = 0;
  const compare = async (name: string, expected: string) => {
    if ((await sha256Of(join(folder, name)).catch(() => '')) !== expected) {
      throw new PlazaError('conflict', `${join(folder, name)} is damaged or missing: nothing was restored.`);
    }
    report(STEP, ++done, total);
  };
  for (const [name, { sha256 }] of Object.entries(files)) await compare(name, sha256);
  for await (const lines of linesOf(folder, OBJECTS_FILE)) {
    for (const line of lines) {
      const { key, sha256 } = JSON.parse(line) as ListedFile;
      await compare(join(OBJECTS_FOLDER, key), sha256);
    }
  }
}

async function refuseFilled({ wideCopy, events, objects }: Servers, filling: RelationalFilling): Promise<void> {
  const found: Record<string, string | undefined> = {
    PLAZA_RELATIONAL_URL: await filling.found(),
    PLAZA_WIDE_COLUMN_URL: (await wideCopy.tables())[0]?.name,
    PLAZA_EVENT_BUS_URL: await events.found(),
    PLAZA_OBJECT_STORE_URL: (await objects.list('', { limit: 1 }))[0]?.key,
  };
  for (const [setting, what] of Object.entries(found)) {
    if (what === undefined) continue;
    throw new PlazaError(
      'conflict',
      `${setting} names a place that is not empty (it has ${what}): stop the services and name empty ones, or empty this one.`,
    );
  }
}

/** An edit that was acknowledged while the backup ran may have a number that the copied relational tables do not know to be taken. */
async function raiseRevisions({ relational }: Servers, folder: string): Promise<void> {
  const store = await openPostgres({
    ...relational,
    clock: systemClock,
    random: systemRandom,
    log: createLog('error'),
  });
  try {
    const revisions = new RevisionStore(store);
    for await (const lines of linesOf(folder, CHANGES_FILE)) {
      for (const line of lines) {
        const { table, kind, row } = JSON.parse(line) as WideLine;
        const revision = row.revision as number;
        if (table === POST_HEAD.name && kind === 'put' && revision > 1)
          await revisions.reached(row.id as string, revision);
      }
    }
  } finally {
    await store.close();
  }
}
