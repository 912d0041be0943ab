// Starts one of Plaza's programs on a machine that may have nothing installed yet. Plain JavaScript that older versions of Node can run.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { dependenciesAreMissing, installDependencies } from './setup/dependencies.mjs';
import { runChild } from './setup/run-child.mjs';
import { stopWithNpm } from './setup/stop-with-npm.mjs';
import { buildClient, clientIsBuilt, clientSources } from './setup/web-client.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NEEDED_MAJOR = 24;
const isNewEnough = Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR;
/** Where the dependencies bring one. */
const BROUGHT_NODE = join(ROOT, `node_modules/node-${process.platform}-${process.arch}/bin/node`);

const ALWAYS = () => true;

/** What `npm run <name>` runs. `tools`: it needs the packages for development too. `client`: whether, with these arguments, it serves the browser client. */
const PROGRAMS = {
  start: { file: 'apps/plaza/main.ts', client: ALWAYS },
  demo: { file: 'apps/plaza/demo/main.ts', client: ALWAYS },
  plaza: { file: 'apps/plaza/operator/main.ts', client: (args) => args[0] === 'service' && args[1] === 'gateway' },
  cluster: { file: 'apps/cluster/main.ts', client: ALWAYS },
  chaos: { file: 'apps/chaos/main.ts' },
  bench: { file: 'bench/main.ts', tools: true, client: ALWAYS },
  screenshots: { file: 'tests/web/screenshots.ts', tools: true, client: ALWAYS },
  test: { file: 'tests/run.ts', tools: true, client: ALWAYS },
  check: { file: 'tests/check.ts', tools: true },
};

const [name = '', ...rest] = process.argv.slice(2);
const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
if (program === undefined) refuse(`Say what to run: ${Object.keys(PROGRAMS).join(', ')}.`);
try {
  const sources = program.client?.(rest) === true ? clientSources(ROOT) : undefined;
  const builds = sources !== undefined && !clientIsBuilt(ROOT, sources);
  // What the build is made with is asked for only when there is something to build.
  const missing = () => dependenciesAreMissing(ROOT, program.tools === true || builds);
  if (missing()) {
    await installDependencies(ROOT);
    // npm leaves out, without a word, optional packages that ask for a newer Node than the one it runs under.
    if (missing() && !isNewEnough && existsSync(BROUGHT_NODE)) await installDependencies(ROOT, BROUGHT_NODE);
    if (missing()) {
      throw new Error(
        `npm left out packages for this machine without a word, as it does when it could not load them: check the network and start again.`,
      );
    }
  }
  rememberCompiledModules();
  if (builds) await buildClient(ROOT, sources, newEnoughNode());
} catch (error) {
  refuse(error.message);
}
stopWithNpm();
await run(join(ROOT, program.file), rest);

function refuse(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/**
 * Keeps compiled modules beside the packages, for this process, its threads and its children: the second start takes half the processor time, and
 * threads need no compiler of TypeScript. Without a folder that can be written everything works as before.
 */
function rememberCompiledModules() {
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/plaza');
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}

/** In this process where its Node is new enough, else in a child under the Node that came with the dependencies. */
async function run(file, args) {
  const node = newEnoughNode();
  if (node === process.execPath) {
    process.argv = [process.execPath, file, ...args];
    await import(pathToFileURL(file).href);
    return;
  }
  runChild(node, [file, ...args]);
}

/** This process's own Node, or the one that came with the dependencies. */
function newEnoughNode() {
  if (isNewEnough) return process.execPath;
  if (!existsSync(BROUGHT_NODE)) {
    refuse(
      `Plaza needs Node ${NEEDED_MAJOR} or newer, this is ${process.versions.node}: install it from https://nodejs.org and start again.`,
    );
  }
  return BROUGHT_NODE;
}
