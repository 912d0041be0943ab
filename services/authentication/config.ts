export type SignUpMode = 'open' | 'approval' | 'invitation' | 'closed';

/** What an operator decides about signing up and in. */
export interface AuthenticationConfig {
  /** The public address, scheme and host without a path: issuer of tokens, base of the links in mails. */
  readonly origin: string;
  readonly signUpMode: SignUpMode;
  /** Without it no mail is sent, and an e-mail address needs no confirmation. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** 32 bytes; everything that is sealed opens under it alone. */
  readonly operatorKey: Buffer;
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string | null;
    readonly name: string;
  } | null;
  /** False for load tests on loopback; true unless given. */
  readonly rateLimits?: boolean;
}
