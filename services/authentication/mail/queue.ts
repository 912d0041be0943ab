import type { Clock } from '#platform/clock/clock.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { db, type MailsTable } from '../store/tables.ts';
import type { Letter } from './texts.ts';

/** A mail that waits, in clear. */
export interface WaitingMail extends Letter {
  readonly to: string;
}

/**
 * Mails stand in the relational store until a server has taken them, so what was promised to a person survives a crash and a mail server that is
 * away. Without a mail server nothing is queued.
 */
export interface MailQueue {
  /** Whether mail can be sent at all. */
  readonly enabled: boolean;
  /** A row to be written in the transaction that the mail belongs to; null when no mail is sent here. */
  make(accountId: string | null, to: string, letter: Letter): MailsTable | null;
  /** Makes and keeps it. */
  send(accountId: string | null, to: string, letter: Letter): Promise<void>;
  /** An address of this place that carries a token. */
  link(path: string, token?: string): string;
  open(row: MailsTable): WaitingMail;
  /** A mail was queued: the mailer may look. */
  wake(): void;
}

export interface MailQueueTools {
  readonly relational: Relational;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly origin: string;
  readonly enabled: boolean;
  readonly wake: () => void;
}

export function createMailQueue(tools: MailQueueTools): MailQueue {
  const { relational, sealer, clock, ids, origin, enabled, wake } = tools;

  const make: MailQueue['make'] = (accountId, to, letter) => {
    if (!enabled) return null;
    const mail_id = ids.next();
    const nowMs = clock.now();
    const mail: WaitingMail = { to, ...letter };
    const mail_sealed = sealer.seal(JSON.stringify(mail), place(mail_id));
    return { mail_id, account_id: accountId, mail_sealed, attempts: 0, due_ms: nowMs, created_ms: nowMs };
  };

  return {
    enabled,
    make,
    wake,
    async send(accountId, to, letter) {
      const row = make(accountId, to, letter);
      if (row === null) return;
      await relational.batch([{ query: db.insertInto('authentication_mails').values(row) }]);
      wake();
    },
    link(path, token) {
      const url = new URL(path, origin);
      if (token !== undefined) url.searchParams.set('token', token);
      return url.href;
    },
    open: (row) => JSON.parse(sealer.unseal(row.mail_sealed, place(row.mail_id))) as WaitingMail,
  };
}

function place(mailId: string) {
  return { column: 'authentication_mails.mail', rowId: mailId };
}
