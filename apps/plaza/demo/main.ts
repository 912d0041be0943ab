import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import { startProblem } from '#platform/lifecycle/start-error.ts';
import { progressBar } from '../operator/progress.ts';
import { DemoRefusal, runDemo } from './run.ts';

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  return value;
};

/** `npm run demo`: an empty Plaza becomes a place with people, three weeks of talk and pictures. */
const program = new Command('demo')
  .description('Fills an empty Plaza with a believable community, to look around in.')
  .option('--people <number>', 'how many people', whole(3, 2_000), 200)
  .option('--posts <number>', 'how many posts', whole(0, 50_000), 2_000)
  .option('--seed <number>', 'the same seed makes the same community', whole(0, 2 ** 31), 1)
  .option('--force', 'also where people are already', false)
  .showHelpAfterError()
  .addHelpText('after', '\nThe folder is that of npm start: PLAZA_DATA, ./data by default.')
  .action(async (options: { people: number; posts: number; seed: number; force: boolean }) => {
    const bar = progressBar();
    try {
      const made = await runDemo(loadConfig({ env: process.env }), options, bar.report);
      bar.stop();
      console.log(`\n  ${made.people} people, ${made.follows} follows, ${made.posts} posts\n`);
      console.log(`  Start it    npm start\n  Sign in as  ${made.username}\n  Password    ${made.password}\n`);
    } finally {
      bar.stop();
    }
  });

program.parseAsync(process.argv).catch((error: unknown) => {
  const line = error instanceof DemoRefusal || error instanceof ConfigError ? error.message : startProblem(error);
  console.error(line ?? error);
  process.exitCode = 1;
});
