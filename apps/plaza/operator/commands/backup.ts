import Type from 'typebox';
import { operatorCommand } from '../command.ts';

const MIB = 1024 * 1024;

export const backUp = operatorCommand({
  name: 'backup',
  input: Type.Object({ folder: Type.String({ minLength: 1, maxLength: 4_000 }) }),
  async run({ folder }, operator, report) {
    const made = await operator.backUp(folder, report);
    return [`Backed up ${made.files} files, ${(made.sizeBytes / MIB).toFixed(1)} MiB, in ${made.folder}`];
  },
});
