import type { RateLimitSettings } from './limits/rate-limits.ts';

/** How people join. */
export type SignUpMode = 'open' | 'approval' | 'invitation' | 'closed';

export interface InstanceConfig {
  readonly title: string;
  readonly description: string;
  readonly contactEmail: string;
  /** ISO 639 codes that the community writes in. */
  readonly languages: readonly string[];
  readonly rules: readonly string[];
  /** Version of the program. */
  readonly version: string;
  readonly sourceUrl: string;
}

export interface ClientConfig {
  /** What `apps/web/build.ts` made. It may be missing. */
  readonly folder: string;
  /** The origin of a CDN that serves its hashed files in our place. */
  readonly assetsBase?: string;
}

export interface GatewayConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The public address, without a slash at its end: every absolute address in an answer starts with it. */
  readonly origin: string;
  /** Where files that everybody may see are loaded from, without a slash at its end: a CDN in front of `origin`. The origin unless given. */
  readonly mediaBase?: string;
  /**
   * Whether files that not everybody may see are sent by the object store itself: whoever asks with a signed address of ours is sent on to one of the store's that is
   * good for a minute. Only stores that people can reach do that.
   */
  readonly redirectPrivateFiles?: boolean;
  /** Networks in CIDR form whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly rateLimits: RateLimitSettings | 'off';
  readonly signUp: SignUpMode;
  readonly instance: InstanceConfig;
  /** The browser client. Without it the pages that need no script are all there is. */
  readonly client?: ClientConfig;
  /** Signs the addresses of files that are not public; 32 bytes or more, the same in every gateway. */
  readonly mediaSecret: string;
  /** Whether this is the only gateway: then it may remember what changes through it alone. */
  readonly alone?: boolean;
  /** Whether everything is read from files of this process, by function calls: then a change of anything that an answer is made of is noticed. */
  readonly remembersAnswers?: boolean;
  /** Whether mails are sent: they confirm addresses and reset passwords. */
  readonly mailEnabled: boolean;
  /** What the sign-in page calls the provider of social login; null without one. */
  readonly socialProvider: string | null;
  /** One of so many requests is logged; failures of ours always are. 0: none of them. */
  readonly logOneOf: number;
}
