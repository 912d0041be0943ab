import type { CredentialAccount } from '../api/types.ts';

/** What the page says of the place and of who looks, so that nothing has to be asked before the first screen. */
export interface Boot {
  readonly account: CredentialAccount | null;
  readonly restriction: 'unconfirmed' | 'unapproved' | null;
  readonly instance: {
    readonly title: string;
    readonly description: string;
    readonly domain: string;
    readonly sign_up: 'open' | 'approval' | 'invitation' | 'closed';
    readonly max_characters: number;
    readonly max_media_attachments: number;
    readonly poll: {
      readonly max_options: number;
      readonly max_characters_per_option: number;
      readonly min_expiration: number;
      readonly max_expiration: number;
    };
    readonly version: string;
  };
}

export const boot: Boot = JSON.parse(document.getElementById('plaza-boot')?.textContent ?? 'null');

/** Who is signed in: screens behind the sign-in may rely on it. */
export function me(): CredentialAccount {
  if (boot.account === null) throw new Error('Nobody is signed in');
  return boot.account;
}

/** What somebody changed about themselves. */
export function renewMe(account: CredentialAccount): void {
  (boot as { account: Boot['account'] }).account = account;
}
