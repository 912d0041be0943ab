import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { RelationalSnapshot } from '#ports/relational/postgres/copy.ts';
import type { BackupSummary, Report } from '../../operator/command.ts';
import { MANIFEST_FILE } from '../layout.ts';
import { newFolder } from '../new-folder.ts';
import { copyEvents } from './events.ts';
import type { ServersManifest } from './layout.ts';
import type { WrittenFile } from './line-file.ts';
import { copyObjects } from './objects.ts';
import { copyRelational } from './relational.ts';
import { keyFingerprint, openServers } from './servers.ts';
import { copyTables, isOutbox } from './wide-column.ts';

/**
 * A copy of everything that is on servers, while people go on. The stores are read one after the other, so each is met at another moment; the order, and what is
 * read twice, makes one state of them. docs/decisions/backup-of-servers.md has the argument.
 */
export async function backUpServers(config: Config, folder: string, report: Report): Promise<BackupSummary> {
  const fingerprint = keyFingerprint(config);
  const servers = await openServers(config);
  try {
    const { wide, wideCopy, events, objects } = servers;
    const target = await newFolder(folder);
    const createdAt = new Date(systemClock.now()).toISOString();
    // First: what is not handled by everybody now will be handled again.
    const standing = await events.standing();
    const files: Record<string, WrittenFile> = {};
    const kept = await copyObjects(objects, target, report);
    const tables = await wideCopy.tables();
    const data = tables.filter((table) => !isOutbox(table));
    Object.assign(files, await copyTables(wideCopy, data, target, 'Posts and feeds', report));
    const snapshot = await RelationalSnapshot.open(servers.relational);
    try {
      // Outboxes after all other rows: whatever was met there has its event here, or in the log.
      Object.assign(files, await copyTables(wideCopy, tables.filter(isOutbox), target, 'Outboxes', report));
      const stretches = await events.stretches(standing);
      const told = await copyEvents({ events, wide, target, tables, stretches, report });
      Object.assign(files, told);
      const relational = await copyRelational(snapshot, target, report);
      Object.assign(files, relational.files);
      // Once more: what was uploaded since the first time and is named by rows by now.
      const media = await kept.rest();
      Object.assign(files, media.files);
      const manifest: ServersManifest = {
        format: 1,
        of: 'servers',
        createdAt,
        keyFingerprint: fingerprint,
        relational: relational.tables,
        wideColumn: tables,
        events: {
          stretches: stretches.map(({ topic, partition }) => ({ topic, partition })),
          groups: standing.groups,
          above: await events.above(stretches),
        },
        objects: { count: media.count, sizeBytes: media.sizeBytes },
        files: Object.fromEntries(Object.entries(files).map(([name, { sha256, lines }]) => [name, { sha256, lines }])),
      };
      await writeFile(join(target, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, {
        flush: true,
        mode: 0o600,
      });
      const written = Object.values(files);
      return {
        folder: target,
        files: written.length + media.count,
        sizeBytes: written.reduce((sum, { sizeBytes }) => sum + sizeBytes, media.sizeBytes),
      };
    } finally {
      await snapshot.close();
    }
  } finally {
    await servers.close();
  }
}
