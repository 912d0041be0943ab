import { createTransport, type Transporter } from 'nodemailer';
import type { Clock } from '#platform/clock/clock.ts';
import { Looper } from '#platform/outbox/looper.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { Relational } from '#ports/relational/port.ts';
import { db, type MailsTable } from '../store/tables.ts';
import type { MailQueue } from './queue.ts';

export interface Mailer {
  start(): void;
  wake(): void;
  /** Resolves when every mail that is due was tried. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

export interface MailerTools {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly log: Logger;
  readonly queue: MailQueue;
  readonly smtp: { readonly url: string; readonly from: string };
}

const BATCH = 20;
/** While one process sends a mail, no other takes it; if it dies, the mail comes again after this. */
const CLAIM_MS = 2 * 60_000;
const FIRST_RETRY_MS = 30_000;
const MAX_RETRY_MS = 3_600_000;
const TIMEOUT_MS = 20_000;

/** Sends what stands in the queue, at least once, for as long as two days; a mail may come twice when a process dies between sending and noting it. */
export function createMailer({ relational, clock, log, queue, smtp }: MailerTools): Mailer {
  const transport = createTransport({
    url: smtp.url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  } as Parameters<typeof createTransport>[0]);
  const looper = new Looper(async (signal) => {
    let sent = 0;
    try {
      for (const row of await due(relational, clock)) {
        if (signal.aborted) return false;
        if (await claim(relational, clock, row)) await sendOne(row, transport);
        sent += 1;
      }
    } catch (error) {
      log.warn({ err: error }, 'authentication: the mail queue could not be read');
      return false;
    }
    return sent === BATCH;
  });

  async function sendOne(row: MailsTable, through: Transporter): Promise<void> {
    try {
      const { to, subject, text } = queue.open(row);
      await through.sendMail({ from: smtp.from, to, subject, text, messageId: messageId(row, smtp.from) });
      await remove(relational, row);
    } catch (error) {
      const overdue = clock.now() - row.created_ms > LIFETIMES.mailMs;
      const refused = isRefusal(error);
      // Never the address nor the text: a log is read by more people than a mailbox.
      log.warn(
        { mailId: row.mail_id, attempts: row.attempts + 1, code: (error as { code?: string }).code },
        overdue || refused ? 'authentication: a mail was given up' : 'authentication: a mail could not be sent',
      );
      if (overdue || refused) await remove(relational, row);
      else await postpone(relational, clock, row);
    }
  }

  return {
    start: () => looper.start(),
    wake: () => looper.wake(),
    async drain() {
      looper.wake();
      await looper.rest();
    },
    async stop() {
      await looper.stop();
      transport.close();
    },
  };
}

/** The server understood and said no, for good. */
function isRefusal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500;
}

/** The same for each attempt, so that a mailbox can tell a repetition. */
function messageId(row: MailsTable, from: string): string {
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'plaza.invalid';
  return `<${row.mail_id}@${domain}>`;
}

function due(relational: Relational, clock: Clock): Promise<MailsTable[]> {
  return relational.query(
    db
      .selectFrom('authentication_mails')
      .selectAll()
      .where('due_ms', '<=', clock.now())
      .orderBy('due_ms', 'asc')
      .limit(BATCH),
  );
}

async function claim(relational: Relational, clock: Clock, row: MailsTable): Promise<boolean> {
  const [outcome] = await relational.batch([
    {
      query: db
        .updateTable('authentication_mails')
        .set({ due_ms: clock.now() + CLAIM_MS })
        .where('mail_id', '=', row.mail_id)
        .where('due_ms', '=', row.due_ms),
    },
  ]);
  return outcome!.changed === 1;
}

async function remove(relational: Relational, row: MailsTable): Promise<void> {
  await relational.batch([{ query: db.deleteFrom('authentication_mails').where('mail_id', '=', row.mail_id) }]);
}

async function postpone(relational: Relational, clock: Clock, row: MailsTable): Promise<void> {
  const delayMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(row.attempts, 10));
  await relational.batch([
    {
      query: db
        .updateTable('authentication_mails')
        .set({ attempts: row.attempts + 1, due_ms: clock.now() + delayMs })
        .where('mail_id', '=', row.mail_id),
    },
  ]);
}
