import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { Relational } from '#ports/relational/port.ts';
import { digest } from './secrets/digest.ts';
import type { Sealer } from './secrets/sealer.ts';
import { db, type TicketsTable } from './store/tables.ts';

/** What each kind of ticket says. Stored sealed, found by the digest of its token. */
export interface TicketContents {
  /** The password was right; the second factor is missing. With `link`, being right also links this identity. */
  'second-factor': { readonly link: { readonly issuer: string; readonly subject: string } | null };
  'password-reset': Record<string, never>;
  /** The address that is confirmed: another one asked for meanwhile is not. */
  'confirm-email': { readonly email: string };
  'change-email': { readonly email: string };
  /** Who came back from the other provider. `email` only when that provider verified it. */
  social: { readonly issuer: string; readonly subject: string; readonly email: string | null };
}
export type TicketKind = keyof TicketContents;

export interface Ticket<K extends TicketKind> {
  readonly digest: string;
  readonly accountId: string | null;
  readonly content: TicketContents[K];
}

export interface NewTicket {
  readonly token: string;
  /** To be written in the transaction that it belongs to. */
  readonly row: TicketsTable;
}

export interface Tickets {
  make<K extends TicketKind>(kind: K, content: TicketContents[K], options: TicketOptions): NewTicket;
  /** Makes and keeps it. */
  give<K extends TicketKind>(kind: K, content: TicketContents[K], options: TicketOptions): Promise<string>;
  /** Looks at it, and takes away one try; undefined when it is unknown, of another kind, used up or too old. */
  attempt<K extends TicketKind>(kind: K, token: string): Promise<Ticket<K> | undefined>;
  /** True for exactly one caller. */
  spend(ticket: { readonly digest: string }): Promise<boolean>;
}

export interface TicketOptions {
  readonly accountId: string | null;
  readonly lifetimeMs: number;
  /** How often it may be presented with a wrong proof. */
  readonly tries: number;
}

export function createTickets(relational: Relational, sealer: Sealer, clock: Clock, random: Random): Tickets {
  const make: Tickets['make'] = (kind, content, { accountId, lifetimeMs, tries }) => {
    const token = randomToken(random);
    const ticketDigest = digest(token);
    return {
      token,
      row: {
        ticket_digest: ticketDigest,
        kind,
        account_id: accountId,
        content_sealed: sealer.seal(JSON.stringify(content), place(ticketDigest)),
        tries_left: tries,
        expires_ms: clock.now() + lifetimeMs,
      },
    };
  };

  return {
    make,
    async give(kind, content, options) {
      const { token, row } = make(kind, content, options);
      await relational.batch([{ query: db.insertInto('authentication_tickets').values(row) }]);
      return token;
    },
    async attempt<K extends TicketKind>(kind: K, token: string) {
      const ticketDigest = digest(token);
      const [outcome] = await relational.batch([
        {
          query: db
            .updateTable('authentication_tickets')
            .set((column) => ({ tries_left: column('tries_left', '-', 1) }))
            .where('ticket_digest', '=', ticketDigest)
            .where('kind', '=', kind)
            .where('tries_left', '>', 0)
            .where('expires_ms', '>', clock.now())
            .returning(['account_id', 'content_sealed']),
        },
      ]);
      const row = outcome!.rows[0] as Pick<TicketsTable, 'account_id' | 'content_sealed'> | undefined;
      if (row === undefined) return undefined;
      const content = JSON.parse(sealer.unseal(row.content_sealed, place(ticketDigest))) as TicketContents[K];
      return { digest: ticketDigest, accountId: row.account_id, content };
    },
    async spend(ticket) {
      const [outcome] = await relational.batch([
        { query: db.deleteFrom('authentication_tickets').where('ticket_digest', '=', ticket.digest) },
      ]);
      return outcome!.changed === 1;
    },
  };
}

function place(ticketDigest: string) {
  return { column: 'authentication_tickets.content', rowId: ticketDigest };
}
