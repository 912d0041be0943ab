// The oracle, in a process from which a check was removed. Prints the counterexample that it finds, if it finds one.
import { Constellation } from '#tests/constellation/constellation.ts';
import { judge } from './judge.ts';
import { Counterexample } from './surfaces.ts';

const [seed, deeds] = process.argv.slice(2).map(Number);
const plaza = await Constellation.start({ checkOutputs: false });
try {
  await judge(plaza, seed!, deeds!);
} catch (error) {
  if (!(error instanceof Counterexample)) throw error;
  process.stdout.write(error.message);
} finally {
  await plaza.remove();
}
