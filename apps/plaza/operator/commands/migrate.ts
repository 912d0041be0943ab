import Type from 'typebox';
import { PlazaError } from '#platform/errors/errors.ts';
import { type Journey, Migrator, STOPS } from '#platform/migration/migrator.ts';
import { PHASES } from '#platform/migration/phases.ts';
import { TABLE_MIGRATIONS } from '../../composition/migrations.ts';
import { type OperatorContext, operatorCommand, type Report } from '../command.ts';

/** Rows that one command may read and copy in a second. */
const MAX_ROWS_PER_SECOND = 1_000_000;
const JUST_LOOKING: Journey = { rowsPerSecond: 1, repair: false };

const name = Type.String({ minLength: 1, maxLength: 100 });

/** Where migrations of tables stand. */
export const migrationStatus = operatorCommand({
  name: 'migrate.status',
  input: Type.Object({ name: Type.Union([name, Type.Null()]) }),
  async run(input, operator, report) {
    const chosen = input.name === null ? TABLE_MIGRATIONS : [migrationOf(input.name)];
    const lines: string[] = [];
    for (const migration of chosen) {
      const migrator = new Migrator(await operator.migrationTools(report), migration, JUST_LOOKING);
      const state = await migrator.state();
      const { processes, obeying } = await migrator.obedience();
      const { writesOld, writesNew, name: phase } = PHASES[state.phase];
      lines.push(`${migration.name}: ${migration.about}`, `  phase: ${phase}`);
      if (writesOld && writesNew) {
        const copied = state.filled ? 'whole' : `${state.done} of about ${state.total} partitions copied`;
        lines.push(`  the form that is not read: ${copied}`);
      }
      lines.push(`  processes: ${obeying} of ${processes} are known to obey`);
    }
    return lines;
  },
});

/** Takes a table on to its new form, back, or compares both. */
export const migrate = operatorCommand({
  name: 'migrate',
  input: Type.Object({
    name,
    action: Type.Union([Type.Literal('forward'), Type.Literal('back'), Type.Literal('compare')]),
    until: Type.Union(STOPS.map((stop) => Type.Literal(stop))),
    rowsPerSecond: Type.Integer({ minimum: 1, maximum: MAX_ROWS_PER_SECOND }),
    repair: Type.Boolean(),
  }),
  async run({ action, until, rowsPerSecond, repair, ...input }, operator, report) {
    const migrator = await migratorOf(input.name, operator, report, { rowsPerSecond, repair });
    if (action === 'back') return migrator.back();
    return action === 'compare' ? migrator.compare() : migrator.forward(until);
  },
});

async function migratorOf(wanted: string, operator: OperatorContext, report: Report, journey: Journey) {
  return new Migrator(await operator.migrationTools(report), migrationOf(wanted), journey);
}

function migrationOf(wanted: string) {
  const migration = TABLE_MIGRATIONS.find((one) => one.name === wanted);
  if (migration !== undefined) return migration;
  const known = TABLE_MIGRATIONS.map((one) => one.name).join(', ');
  throw new PlazaError('not_found', `There is no migration "${wanted}": use one of ${known}.`);
}
