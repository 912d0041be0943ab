/** The writer thread of one SQLite file: takes everything that waits, commits it as one group, answers in one message. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { PlazaError } from '#platform/errors/errors.ts';
import { killAt, noFaults } from '#platform/faults/faults.ts';
import type { ScriptBody } from '#ports/relational/port.ts';
import { ChangeMarks } from './change-marks.ts';
import { closeWriterConnection, openWriterConnection } from './connection.ts';
import { fatalReason, isBusy, toWire } from './errors.ts';
import { JobRunner } from './job-runner.ts';
import type { Answer, FromWriter, Job, ToWriter, WriterStart } from './protocol.ts';

/** Rows and statements of one group. A larger group would save little per row and keep its first caller waiting. */
const MAX_GROUP_WEIGHT = 5_000;

const port = parentPort!;
const start = workerData as WriterStart;
const faults = start.fault === undefined ? noFaults : killAt(start.fault.point, start.fault.nth);
const waiting: Job[] = [];
const scripts = new Map<string, ScriptBody<unknown, unknown>>();
let closing = false;
let working = false;

const db = openWriterConnection(start);
const runner = new JobRunner(db);
const marks = new ChangeMarks(start.marks);
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');
const rollback = db.prepare('ROLLBACK');

function send(message: FromWriter): void {
  port.postMessage(message);
}

function accept(message: ToWriter): void {
  if (message === 'close') closing = true;
  else for (const job of message) waiting.push(job);
}

function acceptAllThatWait(): void {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    accept(next.message as ToWriter);
  }
}

/** Takes the next group from the front of the queue. */
function takeGroup(): Job[] {
  let weight = 0;
  let end = 0;
  while (end < waiting.length && weight < MAX_GROUP_WEIGHT) weight += weightOf(waiting[end++]!);
  return waiting.splice(0, end);
}

function weightOf(job: Job): number {
  if (job.kind === 'statements') return job.statements.length;
  if (job.kind === 'rows') return job.batches.reduce((sum, batch) => sum + batch.values.length / batch.width, 0);
  return 4;
}

/** Script modules are loaded before the transaction begins: inside it nothing is awaited. A module that fails to load fails its job alone. */
async function loadScripts(group: readonly Job[]): Promise<Map<Job, unknown>> {
  const failures = new Map<Job, unknown>();
  for (const job of group) {
    if (job.kind !== 'script' || scripts.has(`${job.module} ${job.name}`)) continue;
    try {
      const found = (await import(job.module))[job.name];
      if (typeof found?.body !== 'function') throw new Error(`${job.module} exports no script "${job.name}".`);
      scripts.set(`${job.module} ${job.name}`, found.body);
    } catch (error) {
      failures.set(job, error);
    }
  }
  return failures;
}

function runJob(job: Job, loadFailures: ReadonlyMap<Job, unknown> | undefined): Answer {
  try {
    if (loadFailures?.has(job)) throw loadFailures.get(job);
    const body = job.kind === 'script' ? scripts.get(`${job.module} ${job.name}`) : undefined;
    return { value: runner.run(job, body) };
  } catch (error) {
    if (fatalReason(error) !== undefined || !db.isTransaction) throw error;
    return { error: toWire(error) };
  }
}

/** Readers use nothing that they kept of what is changed here from before the commit until after it, whatever its outcome. */
function commitMarked(): void {
  marks.flip(runner.changed);
  try {
    commit.run();
  } finally {
    marks.flip(runner.changed);
  }
}

/** The answers of a group that was committed. Throws when the group was not. */
function commitGroup(group: readonly Job[], loadFailures: ReadonlyMap<Job, unknown> | undefined): Answer[] {
  begin.run();
  runner.changed.clear();
  try {
    const answers = group.map((job) => runJob(job, loadFailures));
    faults.hit('sqlite.before-commit');
    commitMarked();
    faults.hit('sqlite.after-commit');
    return answers;
  } catch (error) {
    if (db.isTransaction) rollback.run();
    throw error;
  }
}

function sendAnswers(answers: readonly Answer[]): void {
  try {
    send({ kind: 'answers', answers });
  } catch {
    // One result cannot be cloned; its job is committed, and its caller has to learn that the result is the mistake.
    send({ kind: 'answers', answers: answers.map(cloneable) });
  }
}

function cloneable(answer: Answer): Answer {
  try {
    return structuredClone(answer);
  } catch (error) {
    return { error: toWire(new Error(`The script was committed, but its result cannot leave the thread: ${error}`)) };
  }
}

function busy(error: unknown): Answer {
  return {
    error: toWire(isBusy(error) ? new PlazaError('unavailable', 'The database is locked by another program') : error),
  };
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (acceptAllThatWait(); waiting.length > 0; acceptAllThatWait()) {
    const group = takeGroup();
    const needsLoading = group.some((job) => job.kind === 'script' && !scripts.has(`${job.module} ${job.name}`));
    const loadFailures = needsLoading ? await loadScripts(group) : undefined;
    try {
      sendAnswers(commitGroup(group, loadFailures));
    } catch (error) {
      const reason = fatalReason(error);
      if (reason === undefined) {
        sendAnswers(group.map(() => busy(error)));
      } else {
        send({ kind: 'fatal', reason, error: toWire(error) });
        port.close();
        return;
      }
    }
  }
  working = false;
  if (closing) {
    closeWriterConnection(db);
    send({ kind: 'closed' });
    port.close();
  }
}

port.on('message', (message: ToWriter) => {
  accept(message);
  void work();
});
send({ kind: 'ready' });
