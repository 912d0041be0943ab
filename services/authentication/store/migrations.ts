import type { Migrations } from '#ports/relational/port.ts';
import { outbox } from './session-events.ts';

export const MIGRATIONS: Migrations = {
  ...outbox.migrations,
  '001-credentials': [
    `CREATE TABLE authentication_accounts (
      account_id TEXT NOT NULL PRIMARY KEY,
      username TEXT NOT NULL,
      email_index TEXT UNIQUE,
      email_sealed TEXT,
      password_hash TEXT,
      role TEXT NOT NULL,
      state TEXT NOT NULL,
      confirmed INTEGER NOT NULL,
      approved INTEGER NOT NULL,
      locale TEXT NOT NULL,
      reason_sealed TEXT,
      invite_digest TEXT,
      totp_sealed TEXT,
      totp_enabled INTEGER NOT NULL,
      totp_step INTEGER NOT NULL,
      state_to_tell TEXT,
      created_ms INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX authentication_accounts_by_state ON authentication_accounts (state, account_id)`,
    `CREATE INDEX authentication_accounts_by_role ON authentication_accounts (role)`,
    `CREATE INDEX authentication_accounts_to_tell ON authentication_accounts (account_id) WHERE state_to_tell IS NOT NULL`,
    `CREATE TABLE authentication_sessions (
      session_id TEXT NOT NULL PRIMARY KEY,
      account_id TEXT,
      app_id TEXT,
      token_digest TEXT UNIQUE,
      refresh_digest TEXT,
      refresh_generation INTEGER NOT NULL,
      refreshed_ms INTEGER NOT NULL,
      scopes TEXT NOT NULL,
      revision INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      last_used_ms INTEGER NOT NULL,
      expires_ms INTEGER,
      ip TEXT NOT NULL,
      user_agent TEXT NOT NULL,
      end_event_id TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX authentication_sessions_by_account ON authentication_sessions (account_id, last_used_ms)`,
    `CREATE INDEX authentication_sessions_by_expiry ON authentication_sessions (expires_ms) WHERE expires_ms IS NOT NULL`,
    `CREATE TABLE authentication_apps (
      app_id TEXT NOT NULL PRIMARY KEY,
      client_id TEXT NOT NULL UNIQUE,
      secret_digest TEXT NOT NULL,
      name TEXT NOT NULL,
      website TEXT,
      redirect_uris TEXT NOT NULL,
      scopes TEXT NOT NULL,
      created_ms INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE authentication_codes (
      code_digest TEXT NOT NULL PRIMARY KEY,
      app_id TEXT NOT NULL,
      account_id TEXT NOT NULL,
      redirect_uri TEXT NOT NULL,
      scopes TEXT NOT NULL,
      challenge TEXT,
      challenge_method TEXT,
      expires_ms INTEGER NOT NULL,
      uses INTEGER NOT NULL,
      session_id TEXT
    ) STRICT`,
    `CREATE INDEX authentication_codes_by_expiry ON authentication_codes (expires_ms)`,
    `CREATE INDEX authentication_codes_by_account ON authentication_codes (account_id)`,
    `CREATE TABLE authentication_tickets (
      ticket_digest TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      account_id TEXT,
      content_sealed TEXT NOT NULL,
      tries_left INTEGER NOT NULL,
      expires_ms INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX authentication_tickets_by_expiry ON authentication_tickets (expires_ms)`,
    `CREATE INDEX authentication_tickets_by_account ON authentication_tickets (account_id, kind)`,
    `CREATE TABLE authentication_recovery_codes (
      account_id TEXT NOT NULL,
      code_index TEXT NOT NULL,
      PRIMARY KEY (account_id, code_index)
    ) STRICT`,
    `CREATE TABLE authentication_identities (
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      account_id TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      PRIMARY KEY (issuer, subject)
    ) STRICT`,
    `CREATE INDEX authentication_identities_by_account ON authentication_identities (account_id)`,
    `CREATE TABLE authentication_roles (
      name TEXT NOT NULL PRIMARY KEY,
      permissions TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE authentication_invites (
      code_digest TEXT NOT NULL PRIMARY KEY,
      created_by TEXT NOT NULL,
      uses_left INTEGER NOT NULL,
      expires_ms INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE authentication_signing_keys (
      key_id TEXT NOT NULL PRIMARY KEY,
      public_jwk TEXT NOT NULL,
      private_sealed TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      signs_from_ms INTEGER NOT NULL,
      signs_until_ms INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE authentication_mails (
      mail_id TEXT NOT NULL PRIMARY KEY,
      account_id TEXT,
      mail_sealed TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      due_ms INTEGER NOT NULL,
      created_ms INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX authentication_mails_by_due ON authentication_mails (due_ms)`,
  ],
  '002-own-tokens': [
    `CREATE INDEX authentication_sessions_of_apps ON authentication_sessions (app_id, last_used_ms, session_id) WHERE account_id IS NULL`,
  ],
  '003-unused-apps': [
    `ALTER TABLE authentication_apps ADD COLUMN used INTEGER NOT NULL DEFAULT 0`,
    `UPDATE authentication_apps SET used = 1 WHERE app_id IN (SELECT app_id FROM authentication_sessions WHERE account_id IS NOT NULL)`,
    `CREATE INDEX authentication_apps_unused ON authentication_apps (created_ms) WHERE used = 0`,
    `CREATE INDEX authentication_sessions_of_apps_by_use ON authentication_sessions (last_used_ms) WHERE account_id IS NULL`,
    `CREATE INDEX authentication_codes_by_app ON authentication_codes (app_id)`,
  ],
};
