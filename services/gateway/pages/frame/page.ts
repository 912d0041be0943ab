import type { CallContext } from '#platform/calls/context.ts';
import type { Gateway } from '../../gateway.ts';
import type { Answer } from '../../http/answer.ts';
import type { RateLimitName } from '../../limits/rate-limits.ts';
import type { FieldErrors } from '../markup/fields.ts';
import type { Html, Piece } from '../markup/html.ts';
import type { Notice } from '../markup/layout.ts';
import type { OpenView } from '../open/view.ts';
import type { ClientShell } from '../shell/client-shell.ts';
import type { CookieJar } from './cookies.ts';
import type { SentFields } from './sent-fields.ts';
import type { Visitor } from './visitor.ts';

/** What a page may know of the request. */
export interface PageRequest {
  /** The named parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly path: string;
  /** The query without `?`. */
  readonly search: string;
  readonly query: SentFields;
  /** Empty for GET. */
  readonly form: SentFields;
  /** Who is signed in to our own pages. */
  readonly visitor: Visitor | null;
  /** On behalf of the visitor. */
  readonly context: CallContext;
  readonly device: { readonly ip: string; readonly userAgent: string };
  readonly jar: CookieJar;
  /** The first language that the browser prefers: `en`, `pt-BR`. */
  readonly locale: string;
  /** What the browser has of this page already. */
  readonly ifNoneMatch: string | undefined;
}

/** A page that a person asked for while signed in. */
export interface VisitedRequest extends PageRequest {
  readonly visitor: Visitor;
}

/** What a page shows. */
export interface Showing {
  readonly title: string;
  readonly content: Piece;
  readonly errors?: FieldErrors;
  readonly notice?: Notice | null;
  readonly status?: number;
  readonly wide?: boolean;
  /** Where its forms may lead beside this place: sources of `form-action`. */
  readonly formTargets?: readonly string[];
}

/** What pages work with. */
export interface Site {
  readonly gateway: Gateway;
  show(showing: Showing): Answer;
  /** The page of the browser client; undefined where none was built. */
  readonly client: ClientShell | undefined;
  /** What everybody may see, without the client. */
  showOpen(view: OpenView): Answer;
  /** The hidden field without which no form is taken. */
  token(request: PageRequest): Html;
  /** A session begins: the one before it in this browser ends, and with it every form that was open. */
  enter(request: PageRequest, session: Entering): Promise<void>;
  /** The visitor's session ends. */
  leave(request: PageRequest): Promise<void>;
}

export type Entering = Parameters<typeof import('./visitor.ts').keepSession>[1];

export interface Page {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Counted beside the limit that every request counts to. */
  readonly rateLimit?: RateLimitName;
  handle(request: PageRequest, site: Site): Promise<Answer>;
}

export function page(definition: Page): Page {
  return definition;
}
