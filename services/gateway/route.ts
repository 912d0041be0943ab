import type { IncomingHttpHeaders } from 'node:http';
import type { Static, TObject } from 'typebox';
import type { Principal } from '#contracts/services/authentication.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Permission } from '#policies/permissions/permissions.ts';
import type { Gateway } from './gateway.ts';
import type { Answer } from './http/answer.ts';
import type { ReceivedFile } from './http/multipart.ts';
import type { RateLimitName } from './limits/rate-limits.ts';
import type { EntityName } from './openapi/entities.ts';

/**
 * The status that each kind of caller gets, written by hand. Where the route names a thing (`:id`), it is one that `owner` made, or `owner`
 * themself where it is an account; posts are public. Whoever writes sends a valid request.
 */
export interface Expectation {
  /** No token at all. */
  readonly anonymous: number;
  /** An app that acts for itself (client credentials) with every scope. */
  readonly appOnly: number;
  /** `owner` with a valid token whose only scope is `push` (for routes of the scope `push`: `profile`). */
  readonly wrongScope: number;
  readonly otherUser: number;
  /** Somebody whom `owner` has blocked. */
  readonly blockedUser: number;
  /** A token from before its account was suspended. */
  readonly suspended: number;
  readonly owner: number;
  readonly moderator: number;
  readonly admin: number;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route may know of the request. */
export interface ApiRequest<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** For calls to services: on behalf of whom, until when. */
  readonly context: CallContext;
  /** Null without a token. */
  readonly principal: Principal | null;
  /** The account that asks; null for anonymous callers and for apps. */
  readonly viewerId: string | null;
  /** Files of a multipart form by field name, where the route takes them. */
  readonly files: ReadonlyMap<string, ReceivedFile>;
  readonly ip: string;
  readonly userAgent: string;
  readonly headers: IncomingHttpHeaders;
  /** The address as it was asked for, relative to the origin: path, and query without `?`. */
  readonly path: string;
  readonly search: string;
}

/** Files that a route takes in a multipart form. `memory`: as bytes. `store`: streamed into the object store under `uploads/`. */
export interface FileFields {
  readonly names: readonly string[];
  readonly to: 'memory' | 'store';
  readonly maxBytes: number;
}

export interface Route<P extends TObject = TObject, Q extends TObject = TObject, B extends TObject = TObject> {
  readonly method: Method;
  /** With `:name` for its parameters. */
  readonly url: string;
  /** Other methods under which clients ask for the same. */
  readonly alsoAs?: readonly Method[];
  readonly summary: string;
  /** Text that does not fit answers 404: a thing with such a name does not exist. */
  readonly params?: P;
  /** Read from the query, and for GET and DELETE also from the body, as Rails does. */
  readonly query?: Q;
  /** Read from the body and the query together. */
  readonly body?: B;
  readonly files?: FileFields;
  readonly response: EntityName;
  /** `public`: anybody. `app`: any valid token. `account`: a token of a person. `first-party`: a person's session in the browser client of this place. */
  readonly access: 'public' | 'app' | 'account' | 'first-party';
  /** What `Authorization` holds: a token of somebody, or the app's own id and secret, which the route reads itself. */
  readonly authorization?: 'token' | 'app';
  /** Any one of them is needed from whoever brings a token. Null: none. */
  readonly scope: string | readonly string[] | null;
  readonly permission?: Permission;
  /** May be used by an account that is not yet confirmed or approved. */
  readonly whileRestricted?: boolean;
  /** Counted beside the limit that every request counts to. */
  readonly rateLimit: RateLimitName | 'api';
  /** `private`: kept by nobody. Otherwise the `Cache-Control` of answers to anonymous callers; all others get `private` whatever stands here. */
  readonly cache: string;
  /** What it answers a person is remembered while nothing that it is made of changes: for what people ask for again and again. It only reads, through services. */
  readonly remembered?: boolean;
  readonly expect: Expectation;
  handle(request: ApiRequest<Static<P>, Static<Q>, Static<B>>, gateway: Gateway): Promise<Answer>;
}

// biome-ignore lint/complexity/noBannedTypes: an object without parameters
type None = {};

/** Declares a route. Its file is named in `routes/index.ts`, and so becomes part of the API and of its document. */
export function route<
  P extends TObject = TObject<None>,
  Q extends TObject = TObject<None>,
  B extends TObject = TObject<None>,
>(definition: Route<P, Q, B>): Route {
  return definition as unknown as Route;
}
