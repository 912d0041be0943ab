import { CompiledQuery } from 'kysely';
import type { Migrations, Query } from '#ports/relational/port.ts';
import type { PendingEvent } from './event.ts';

/** The table that keeps a service's events until they are published. Part of the service's own migrations. */
export interface RelationalOutbox {
  readonly table: string;
  /** One migration, to be spread into the service's. */
  readonly migrations: Migrations;
  /** The statement that keeps an event; a step of the batch, or a query of the script, that makes the change it tells of. */
  insert(event: PendingEvent): Query;
}

/** Declares the outbox of a service. Light, so that scripts in the writer thread can use it. */
export function relationalOutbox(service: string): RelationalOutbox {
  if (!/^[a-z][a-z_]{0,30}$/.test(service)) throw new Error(`"${service}" is no name of a service`);
  const table = `${service}_outbox`;
  const sql = `insert into ${table} (id, topic, key, version, body) values (?, ?, ?, ?, ?)`;
  return {
    table,
    migrations: {
      '000-outbox': [
        `CREATE TABLE ${table} (
          id TEXT NOT NULL PRIMARY KEY,
          topic TEXT NOT NULL,
          key TEXT NOT NULL,
          version INTEGER NOT NULL,
          body TEXT NOT NULL
        ) STRICT`,
      ],
    },
    insert: ({ id, topic, key, version, body }) => raw(sql, [id, topic, key, version, body]),
  };
}

/** A statement of fixed text: cheaper than the builder, and each text is prepared once. */
export function raw<R>(sql: string, parameters: readonly unknown[] = []): CompiledQuery<R> {
  return CompiledQuery.raw(sql, [...parameters]) as CompiledQuery<R>;
}
