import Type from 'typebox';
import { type BackupSummary, operatorCommand } from '../command.ts';

const MIB = 1024 * 1024;

export const backUp = operatorCommand({
  name: 'backup',
  input: Type.Object({ folder: Type.String({ minLength: 1, maxLength: 4_000 }) }),
  async run({ folder }, operator, report) {
    return [backedUp(await operator.backUp(folder, report))];
  },
});

/** What an operator reads of a backup that was made. */
export function backedUp({ files, sizeBytes, folder }: BackupSummary): string {
  return `Backed up ${files} files, ${(sizeBytes / MIB).toFixed(1)} MiB, in ${folder}`;
}
