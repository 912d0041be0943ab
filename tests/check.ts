// `npm run check`: types, lint, format and the rules of the house. With `--fix` what can be mended by a tool is mended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsPage } from '#platform/config/settings-table.ts';

const ROOT = join(import.meta.dirname, '..');
const fix = process.argv.includes('--fix');

if (fix) writeFileSync(join(ROOT, 'docs/settings.md'), settingsPage());

const steps: readonly (readonly [string, readonly string[]])[] = [
  ['Types of the API', ['apps/web/generate.ts']],
  ['Types', ['node_modules/typescript-native/bin/tsc', '-p', '.']],
  ['Types of the browser client', ['node_modules/typescript-native/bin/tsc', '-p', 'apps/web']],
  ['Types of its worker', ['node_modules/typescript-native/bin/tsc', '-p', 'apps/web/src/worker']],
  [
    'Lint and format',
    [
      'node_modules/@biomejs/biome/bin/biome',
      'check',
      '--error-on-warnings',
      '--max-diagnostics=100',
      ...(fix ? ['--write'] : []),
      '.',
    ],
  ],
  ['Architecture', ['--test', '--test-reporter=dot', 'tests/architecture.test.ts', 'tests/inventory.test.ts']],
];

const failed: string[] = [];
for (const [name, args] of steps) {
  console.log(`${name} …`);
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'All is well.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
