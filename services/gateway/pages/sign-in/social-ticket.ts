import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { CookieJar } from '../frame/cookies.ts';
import { localPath } from '../frame/local-path.ts';

/** What a provider said of somebody who is not linked yet, between two pages. The ticket is the proof; the rest is what the pages show. */
export interface SocialTicket {
  readonly ticket: string;
  readonly next: string;
  /** Of the account that has the verified address: its password is asked for. */
  readonly email?: string;
  /** For somebody new. */
  readonly suggestedUsername?: string;
}

export function keepTicket(jar: CookieJar, ticket: SocialTicket): void {
  jar.set('ticket', JSON.stringify(ticket), LIFETIMES.socialTicketMs / 1_000);
}

export function readTicket(jar: CookieJar): SocialTicket | undefined {
  try {
    const kept = JSON.parse(jar.get('ticket') ?? '') as Record<string, unknown>;
    const { ticket, next, email, suggestedUsername } = kept;
    if (typeof ticket !== 'string' || typeof next !== 'string') return undefined;
    return {
      ticket,
      next: localPath(next),
      ...(typeof email === 'string' ? { email } : {}),
      ...(typeof suggestedUsername === 'string' ? { suggestedUsername } : {}),
    };
  } catch {
    return undefined;
  }
}
