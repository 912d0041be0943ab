import { queryBuilder } from '#ports/relational/builder.ts';

/**
 * `creating`: the name is not yet secured at the user service. `pending`: waits for confirmation or approval. `suspended`: by a moderator. Whether
 * its owner has deactivated an account is known to the user service.
 */
export type CredentialState = 'creating' | 'pending' | 'active' | 'suspended';

export interface AccountsTable {
  account_id: string;
  /** As asked for at sign-up; the user service knows what it is now. */
  username: string;
  /** Keyed hash of the address: unique, and found by sign-in. */
  email_index: string | null;
  email_sealed: string | null;
  /** argon2id; null where the person comes only by another provider. */
  password_hash: string | null;
  role: string;
  state: CredentialState;
  confirmed: number;
  approved: number;
  locale: string;
  /** Why the person wants to join, for whoever approves; sealed. */
  reason_sealed: string | null;
  invite_digest: string | null;
  totp_sealed: string | null;
  totp_enabled: number;
  /** The last 30-second step whose code was used: neither it nor an earlier one is taken again. */
  totp_step: number;
  /** The state that the user service has yet to be told; null when it knows. */
  state_to_tell: string | null;
  created_ms: number;
}

/** First-party sessions and tokens of apps alike. A row that is gone has ended. */
export interface SessionsTable {
  session_id: string;
  /** Null for an app that acts for itself. */
  account_id: string | null;
  /** Null for a first-party session. */
  app_id: string | null;
  /** Of an app's token; null for a first-party session. */
  token_digest: string | null;
  /** Of the current refresh token; null for an app's token. */
  refresh_digest: string | null;
  refresh_generation: number;
  refreshed_ms: number;
  scopes: string;
  revision: number;
  created_ms: number;
  last_used_ms: number;
  /** Null: lasts until revoked. */
  expires_ms: number | null;
  ip: string;
  user_agent: string;
  /** The id that the event of its end will carry, given at the start: ending many sessions then is one transaction that needs no ids. */
  end_event_id: string;
}

export interface AppsTable {
  app_id: string;
  client_id: string;
  secret_digest: string;
  name: string;
  website: string | null;
  /** JSON array. */
  redirect_uris: string;
  scopes: string;
  created_ms: number;
  /** 1 once a person has had a token of it. Such an app stays: it may come back after everybody signed out. */
  used: number;
}

export interface CodesTable {
  code_digest: string;
  app_id: string;
  account_id: string;
  redirect_uri: string;
  scopes: string;
  challenge: string | null;
  challenge_method: string | null;
  expires_ms: number;
  /** 0 unused, 1 used, 2 used again: whatever came of it is revoked. */
  uses: number;
  /** The token that came of it. */
  session_id: string | null;
}

/** Something a person holds for a while: a second-factor challenge, a link of a mail, a social identity awaiting its account. */
export interface TicketsTable {
  ticket_digest: string;
  kind: string;
  account_id: string | null;
  /** JSON, sealed under the digest. */
  content_sealed: string;
  tries_left: number;
  expires_ms: number;
}

export interface RecoveryCodesTable {
  account_id: string;
  /** Keyed: a code is short enough for a person to write down. */
  code_index: string;
}

export interface IdentitiesTable {
  issuer: string;
  subject: string;
  account_id: string;
  created_ms: number;
}

export interface RolesTable {
  name: string;
  /** JSON array. */
  permissions: string;
}

export interface InvitesTable {
  code_digest: string;
  created_by: string;
  uses_left: number;
  expires_ms: number;
}

export interface SigningKeysTable {
  key_id: string;
  public_jwk: string;
  private_sealed: string;
  created_ms: number;
  signs_from_ms: number;
  signs_until_ms: number;
}

export interface MailsTable {
  mail_id: string;
  account_id: string | null;
  /** JSON with address, subject and text, sealed: it holds a person's address and a secret link. */
  mail_sealed: string;
  attempts: number;
  due_ms: number;
  created_ms: number;
}

export interface AuthenticationTables {
  authentication_accounts: AccountsTable;
  authentication_sessions: SessionsTable;
  authentication_apps: AppsTable;
  authentication_codes: CodesTable;
  authentication_tickets: TicketsTable;
  authentication_recovery_codes: RecoveryCodesTable;
  authentication_identities: IdentitiesTable;
  authentication_roles: RolesTable;
  authentication_invites: InvitesTable;
  authentication_signing_keys: SigningKeysTable;
  authentication_mails: MailsTable;
}

export const db = queryBuilder<AuthenticationTables>();
