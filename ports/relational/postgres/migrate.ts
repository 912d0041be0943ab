import { checkMigrations } from '#ports/relational/migrations.ts';
import type { Migrations } from '#ports/relational/port.ts';
import { definitionInPostgres } from './dialect.ts';
import type { Pool } from './pool.ts';
import type { Session } from './session.ts';

/** Programs that start at once come one after the other. The number stands for "migrations of Plaza". */
const LOCK = 'SELECT pg_advisory_xact_lock(7210583)';
/** A step may rewrite a large table. */
const MAX_STEP_MS = 6 * 60 * 60_000;

const APPLIED = `CREATE TABLE IF NOT EXISTS plaza_migrations (
  service TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (service, name)
)`;

/** Applies what is missing, in the order of names, each migration all or none together with the note that it was applied. */
export async function migratePostgres(pool: Pool, service: string, migrations: Migrations): Promise<void> {
  await pool.use(async (session) => {
    while (await applyNext(session, service, migrations));
  });
}

/** Applies one migration. False when there is none left. */
async function applyNext(session: Session, service: string, migrations: Migrations): Promise<boolean> {
  await session.say('BEGIN');
  try {
    // Not SERIALIZABLE: what others applied while this one waited for the lock must be seen.
    await session.say(`SET LOCAL statement_timeout = ${MAX_STEP_MS}`);
    await session.say('SET LOCAL lock_timeout = 0');
    await session.say('SET LOCAL idle_in_transaction_session_timeout = 0');
    await session.say(LOCK, MAX_STEP_MS);
    await session.say(APPLIED);
    const { rows } = await session.ask('SELECT name FROM plaza_migrations WHERE service = ? ORDER BY name', [service]);
    const [next] = checkMigrations(
      service,
      migrations,
      rows.map((row) => String(row.name)),
    );
    if (next !== undefined) {
      await session.ask('INSERT INTO plaza_migrations (service, name) VALUES (?, ?)', [service, next]);
      for (const sql of migrations[next]!) await session.say(definitionInPostgres(sql), MAX_STEP_MS);
    }
    await session.say('COMMIT');
    return next !== undefined;
  } catch (error) {
    await session.say('ROLLBACK').catch(() => {});
    throw error;
  }
}
