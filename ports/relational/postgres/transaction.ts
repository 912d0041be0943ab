import { GuardFailed, type Query, type Script, type Step, type WriteOutcome } from '#ports/relational/port.ts';
import { ConnectionLost, endsConnection, isConflict, outcomeUnknown, PostgresError } from './errors.ts';
import type { Answer, Session } from './session.ts';

const BEGIN = 'BEGIN ISOLATION LEVEL SERIALIZABLE';

export interface Compiled {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export function compiled(query: Query): Compiled {
  return 'compile' in query ? query.compile() : query;
}

/** Called with the position in the write-ahead log once a change is durable. */
export type OnWritten = (position: string) => void;

/** The steps in order, all or none. They are sent together; only the guards are waited for before the commit. */
export async function runBatch(
  session: Session,
  steps: readonly Step[],
  onWritten: OnWritten | undefined,
): Promise<WriteOutcome[]> {
  const queries = steps.map((step) => compiled(step.query));
  const begun = started(session);
  const answers = queries.map(({ sql, parameters }) => session.ask(sql, parameters));
  if (steps.length === 1 && steps[0]!.expect === undefined) {
    const committing = commit(session, onWritten);
    const [answer] = await undoing(session, begun, answers, committing);
    return [outcome(answer!)];
  }
  const done = await undoing(session, begun, answers);
  const failed = steps.findIndex(({ expect }, index) => expect !== undefined && expect !== done[index]!.changed);
  if (failed >= 0) {
    await rollback(session);
    throw new GuardFailed(failed, steps[failed]!.expect!, done[failed]!.changed);
  }
  await commit(session, onWritten);
  return done.map(outcome);
}

/** Runs the body from its start, one statement after the other. */
export async function runScript<A, R>(
  session: Session,
  script: Script<A, R>,
  args: A,
  onWritten: OnWritten | undefined,
): Promise<R> {
  const begun = started(session);
  // A body that changes its arguments must find them unchanged when it is run again, as in another thread.
  const body = script.body(structuredClone(args));
  let value: R;
  try {
    value = await toTheEnd(session, body);
  } catch (error) {
    await begun.catch(() => {});
    await rollback(session, error);
    throw error;
  }
  await commit(session, onWritten);
  return value;
}

async function toTheEnd<R>(session: Session, body: Generator<Query, R, WriteOutcome>): Promise<R> {
  let step = body.next();
  while (!step.done) {
    let answer: Answer;
    try {
      const { sql, parameters } = compiled(step.value);
      answer = await session.ask(sql, parameters);
    } catch (error) {
      // The body may tidy up; it may not go on, because the transaction has ended.
      body.return(undefined as R);
      throw error;
    }
    step = body.next(outcome(answer));
  }
  return step.value;
}

function started(session: Session): Promise<Answer> {
  const begun = session.say(BEGIN);
  // Awaited later, together with what is sent behind it.
  begun.catch(() => {});
  return begun;
}

/** Waits for all that was sent, and undoes it when one of them failed. The first failure is the cause; those behind it only say that there was one. */
async function undoing(
  session: Session,
  begun: Promise<Answer>,
  answers: readonly Promise<Answer>[],
  committing?: Promise<void>,
): Promise<Answer[]> {
  const [first, last, ...results] = await Promise.allSettled([begun, committing, ...answers]);
  const failure = [first, ...results].find((result) => result.status === 'rejected');
  if (failure === undefined) {
    if (last.status === 'rejected') throw last.reason;
    return results.map((result) => (result as PromiseFulfilledResult<Answer>).value);
  }
  // Where the commit was already on its way, a lost connection leaves open whether it arrived.
  if (committing !== undefined && endsConnection(failure.reason)) throw outcomeUnknown(failure.reason);
  if (committing === undefined) await rollback(session, failure.reason);
  throw failure.reason;
}

/**
 * @throws PlazaError `timeout` when the answer did not come: the change may have been made
 */
async function commit(session: Session, onWritten: OnWritten | undefined): Promise<void> {
  const committing = session.say('COMMIT');
  const asking = onWritten && session.say('SELECT pg_current_wal_flush_lsn()::text AS position');
  asking?.catch(() => {});
  let answer: Answer;
  try {
    answer = await committing;
  } catch (error) {
    if (endsConnection(error)) throw outcomeUnknown(error);
    throw error;
  }
  // What the server answers to the commit of a transaction that had failed.
  if (answer.command !== 'COMMIT') throw new PostgresError('The transaction had failed and was undone', '25P02');
  if (asking === undefined) return;
  // The change is made; where it stands is told by the next look at the primary if not now.
  const told = await asking.catch(() => undefined);
  onWritten!(told === undefined ? UNKNOWN_POSITION : String(told.rows[0]!.position));
}

/** After the last position of every log: no replica has it. */
export const UNKNOWN_POSITION = 'FFFFFFFF/FFFFFFFF';

async function rollback(session: Session, cause?: unknown): Promise<void> {
  if (cause !== undefined && endsConnection(cause)) return;
  try {
    await session.say('ROLLBACK');
  } catch (error) {
    // Whoever failed is told why it failed. A server undoes what a lost connection left open.
    if (cause === undefined || isConflict(cause)) throw new ConnectionLost(error);
  }
}

function outcome({ rows, changed }: Answer): WriteOutcome {
  return { rows, changed };
}
