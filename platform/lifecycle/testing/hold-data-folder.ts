// For the test of the lock: holds a data folder until it is killed.
import { lockFile } from '#ports/sqlite/file-lock.ts';
import { openDataFolder } from '../data-folder.ts';

openDataFolder(process.argv[2] ?? '', { lock: lockFile, version: 3, processId: process.pid });
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
