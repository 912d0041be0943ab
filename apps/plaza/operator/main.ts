import { Command, Option } from 'commander';
import { type Config, loadConfig } from '#platform/config/config.ts';
import { STOPS, type Stop } from '#platform/migration/migrator.ts';
import { backUpOnServers, keepsOnServers } from '../backup/back-up-here.ts';
import { restoreBackup } from '../backup/restore.ts';
import { allAddressed } from '../composition/addresses.ts';
import { commandRunning } from '../control/client.ts';
import { messageOf, runCommand } from '../control/run-command.ts';
import type { Report } from './command.ts';
import { backedUp } from './commands/backup.ts';
import { openForOperator } from './open-offline.ts';
import { progressBar } from './progress.ts';
import { runService } from './service.ts';
import { createEventTopics } from './topics.ts';

/** Runs a command on the Plaza that runs: by calls where its services have addresses, else on this data folder; or on the data itself when none does. */
async function execute(name: string, input: unknown): Promise<void> {
  const config = loadConfig({ env: process.env });
  const bar = progressBar();
  // The clock's pauses do not keep a process alive, and where Plaza does not run nothing else may.
  const alive = setInterval(() => {}, 60_000);
  try {
    const lines = allAddressed(config)
      ? await executeRemotely(config, name, input, bar.report)
      : ((await commandRunning(config.data, name, input, bar.report)) ??
        (await executeOffline(config, name, input, bar.report)));
    bar.stop();
    for (const line of lines) console.log(line);
  } finally {
    clearInterval(alive);
    bar.stop();
  }
}

async function executeRemotely(config: Config, name: string, input: unknown, report: Report) {
  const { openRemote } = await import('./open-remote.ts');
  const remote = openRemote(config);
  try {
    return await runCommand(name, input, remote.operator, report);
  } finally {
    await remote.close();
  }
}

async function executeOffline(config: Config, name: string, input: unknown, report: Report) {
  const plaza = await openForOperator(config);
  try {
    const lines = await runCommand(name, input, plaza.operator, report);
    // On shared engines others go on with what is left.
    if (config.relationalUrl === undefined) await plaza.drain();
    return lines;
  } finally {
    await plaza.stop();
  }
}

function accountCommands(program: Command): void {
  const accounts = program.command('accounts').description('People: create, list, approve, suspend');
  accounts
    .command('create <username>')
    .description('Create an account with a role')
    .option('--role <role>', 'user, moderator, admin or a role of your own', 'user')
    .option('--email <address>', 'e-mail address, taken as confirmed')
    .option('--password <password>', 'chosen password; without it one is made and shown')
    .action((username: string, options: { role: string; email?: string; password?: string }) =>
      execute('accounts.create', {
        username,
        role: options.role,
        email: options.email ?? null,
        password: options.password ?? null,
      }),
    );
  accounts
    .command('list')
    .description('List accounts, newest first')
    .addOption(new Option('--state <state>').choices(['active', 'pending', 'suspended', 'deactivated']))
    .option('--limit <number>', 'how many at most', Number, 100)
    .action((options: { state?: string; limit: number }) => execute('accounts.list', options));
  accounts
    .command('role <username> <role>')
    .description('Give an account another role')
    .action((username: string, role: string) => execute('accounts.role', { username, role }));
  const simple = {
    'reset-password': 'Make a new password, show it, and end every session',
    approve: 'Let somebody in who asked to join',
    reject: 'Turn somebody away who asked to join',
    suspend: 'End every session and hide everything of theirs',
    unsuspend: 'Lift a suspension',
  };
  for (const [verb, description] of Object.entries(simple)) {
    accounts
      .command(`${verb} <username>`)
      .description(description)
      .action((username: string) => execute(`accounts.${verb}`, { username }));
  }
}

function migrateCommand(program: Command): void {
  program
    .command('migrate [name]')
    .description('Take a table of the wide-column store to its new form, while people go on')
    .option('--status', 'say where it stands; without a name, where each stands')
    .addOption(new Option('--until <stop>', 'where to rest').choices(STOPS).default('stop-old'))
    .option('--back', 'go one phase back')
    .option('--compare', 'compare both forms and stay')
    .option('--repair', 'mend what differs when comparing')
    .option('--rate <rows>', 'rows to read and copy in a second', Number, 2_000)
    .action((name: string | undefined, options: MigrateOptions) => {
      if (name === undefined || options.status) return execute('migrate.status', { name: name ?? null });
      const { until, rate: rowsPerSecond, repair = false } = options;
      const action = options.back ? 'back' : options.compare ? 'compare' : 'forward';
      return execute('migrate', { name, action, until, rowsPerSecond, repair });
    });
}

interface MigrateOptions {
  readonly status?: boolean;
  readonly until: Stop;
  readonly back?: boolean;
  readonly compare?: boolean;
  readonly repair?: boolean;
  readonly rate: number;
}

function program(): Command {
  const plaza = new Command('plaza')
    .description(
      'Commands for the operator of a Plaza. They speak to the running process, or open its data when none runs.',
    )
    .showHelpAfterError()
    .addHelpText('after', '\nSettings such as PLAZA_DATA come from the environment, as for npm start.');
  plaza
    .command('admin <username>')
    .description('Make the first administrator and show the password')
    .option('--email <address>', 'e-mail address, taken as confirmed')
    .action((username: string, options: { email?: string }) =>
      execute('accounts.create', { username, role: 'admin', email: options.email ?? null, password: null }),
    );
  plaza
    .command('service <name>')
    .description(
      'Run one service in this process, the others being elsewhere: authentication, user, post, feed or gateway',
    )
    .action((name: string) => runService(name));
  accountCommands(plaza);
  plaza
    .command('roles')
    .description('Roles with permissions of their own')
    .command('define <name> [permissions...]')
    .description('Make or change a role')
    .action((name: string, permissions: string[]) => execute('roles.define', { name, permissions }));
  plaza
    .command('invites')
    .description('Invitations, for the sign-up mode "invitation"')
    .command('create')
    .description('Make an invitation code')
    .option('--uses <number>', 'how many may use it', Number, 1)
    .option('--days <number>', 'how long it holds', Number, 7)
    .action((options: { uses: number; days: number }) =>
      execute('invites.create', { maxUses: options.uses, expiresInSeconds: Math.round(options.days * 86_400) }),
    );
  const events = plaza.command('events').description('Events between the services');
  events
    .command('dead-letters')
    .description('List events that a consumer put aside')
    .option('--limit <number>', 'how many at most', Number, 50)
    .action((options: { limit: number }) => execute('events.dead-letters', options));
  events
    .command('replay <letters...>')
    .description('Give events that were put aside to their consumer again, by the ids in the list')
    .action((letters: string[]) => execute('events.replay', { letters }));
  events
    .command('drain')
    .description('Wait until every event has been handled')
    .action(() => execute('events.drain', {}));
  migrateCommand(plaza);
  plaza
    .command('topics')
    .description('Create the topics of events on the Kafka of PLAZA_EVENT_BUS_URL, before the first start')
    .action(async () => {
      for (const line of await createEventTopics(loadConfig({ env: process.env }))) console.log(line);
    });
  plaza
    .command('backup <folder>')
    .description('Copy everything into a new folder, while Plaza runs: the data folder, or what is on the servers')
    .action(async (folder: string) => {
      const config = loadConfig({ env: process.env });
      // Servers are copied from here: no process of Plaza has to run for it, and none is started.
      if (!keepsOnServers(config)) return execute('backup', { folder });
      const bar = progressBar();
      try {
        const made = await backUpOnServers(config)(folder, bar.report);
        bar.stop();
        console.log(backedUp(made));
      } finally {
        bar.stop();
      }
    });
  plaza
    .command('restore <folder>')
    .description('Bring a backup back into an empty data folder, or empty servers, while Plaza is stopped')
    .action(async (folder: string) => {
      const bar = progressBar();
      try {
        const line = await restoreBackup(loadConfig({ env: process.env }), folder, bar.report);
        bar.stop();
        console.log(line);
      } finally {
        bar.stop();
      }
    });
  return plaza;
}

try {
  await program().parseAsync(process.argv);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
