import Type, { type Static } from 'typebox';
import { Cursors, Id, Nothing, Page, TimeMs } from '#contracts/model/common.ts';
import { defineService, idempotentWrite, read, type ServiceApi, write } from '#platform/calls/contract.ts';

const Text = (maxLength: number) => Type.String({ maxLength });
const Secret = Type.String({ maxLength: 500 });
const Scopes = Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 });

/** Who stands behind a token or a session. `accountId` is null for an app that acts for itself (client credentials). */
export const Principal = Type.Object({
  accountId: Type.Union([Id, Type.Null()]),
  sessionId: Id,
  scopes: Scopes,
  role: Text(60),
  /** Permissions of the role, from `policies/permissions`. */
  permissions: Type.Array(Text(60), { maxItems: 60 }),
  /** The app the token was given to; null for a first-party session. */
  appId: Type.Union([Id, Type.Null()]),
  appName: Type.Union([Text(200), Type.Null()]),
  appWebsite: Type.Union([Text(2_000), Type.Null()]),
  firstParty: Type.Boolean(),
  /** Grows when what the session may do changes (role, confirmation, approval): see `checkSession`. */
  revision: Type.Integer({ minimum: 1 }),
  /**
   * Why the account may do nothing yet, though its token is valid: the edge answers 403 with the words of
   * `policies/permissions/restrictions.ts`. Null for an account that is whole, and for an app.
   */
  restriction: Type.Union([Type.Literal('unconfirmed'), Type.Literal('unapproved'), Type.Null()]),
});
export type Principal = Static<typeof Principal>;

export const App = Type.Object({
  id: Id,
  name: Text(200),
  website: Type.Union([Text(2_000), Type.Null()]),
  redirectUris: Type.Array(Text(2_000), { maxItems: 20 }),
  scopes: Scopes,
  clientId: Text(100),
});
export type App = Static<typeof App>;

/** A first-party session: the pair that the gateway keeps in HttpOnly cookies. */
export const Session = Type.Object({
  sessionId: Id,
  accountId: Id,
  accessToken: Text(4_000),
  accessExpiresMs: TimeMs,
  refreshToken: Secret,
  refreshExpiresMs: TimeMs,
});
export type Session = Static<typeof Session>;

const SignInResult = Type.Union([
  Type.Object({ status: Type.Literal('signed_in'), session: Session }),
  Type.Object({ status: Type.Literal('second_factor'), challenge: Secret }),
]);

const Device = { ip: Text(60), userAgent: Text(500) };

const AuthorizationRequest = Type.Object({
  clientId: Text(100),
  redirectUri: Text(2_000),
  responseType: Text(20),
  scope: Type.Optional(Text(2_000)),
  state: Type.Optional(Text(2_000)),
  codeChallenge: Type.Optional(Text(200)),
  codeChallengeMethod: Type.Optional(Text(10)),
});

const TokenAnswer = Type.Object({
  accessToken: Secret,
  tokenType: Type.Literal('Bearer'),
  scope: Text(2_000),
  createdMs: TimeMs,
});

const SignUp = Type.Object({
  username: Text(100),
  email: Text(320),
  password: Secret,
  agreement: Type.Boolean(),
  locale: Text(12),
  reason: Text(2_000),
  inviteCode: Text(100),
  ...Device,
});

export const OperatorAccount = Type.Object({
  accountId: Id,
  username: Text(30),
  email: Type.Union([Text(320), Type.Null()]),
  role: Text(60),
  state: Text(20),
  confirmed: Type.Boolean(),
  createdMs: TimeMs,
});

/**
 * Refusals of the OAuth operations carry the word of RFC 6749 as their message (`invalid_grant`, `invalid_scope`, …) and the sentence as their
 * description.
 *
 * Credentials, sessions, third-party apps and roles. Passwords, tokens and codes come in clear over this contract and are stored
 * hashed.
 */
export const authenticationContract = defineService('authentication', {
  /** The hot path of the gateway: who is this bearer token or first-party access token? `unauthenticated` when unknown, revoked or expired. The internal JWT lives five minutes. */
  authenticate: read(
    Type.Object({ token: Type.String({ maxLength: 4_000 }) }),
    Type.Object({ principal: Principal, jwt: Text(4_000), expiresMs: TimeMs }),
  ),
  /** Asked with every request whose principal was cached: still alive, not revoked, its account not suspended. Strongly consistent. */
  checkSession: read(
    Type.Object({ sessionId: Id }),
    /** A cached principal of another `revision` is out of date: authenticate again. 0 when not active. */
    Type.Object({ active: Type.Boolean(), revision: Type.Integer({ minimum: 0 }) }),
  ),
  jwks: read(Nothing, Type.Object({ keys: Type.Array(Type.Any(), { maxItems: 10 }) })),

  signUp: write(
    SignUp,
    Type.Object({
      accountId: Id,
      status: Type.Union([
        Type.Literal('active'),
        Type.Literal('awaiting_confirmation'),
        Type.Literal('awaiting_approval'),
      ]),
      session: Type.Union([Session, Type.Null()]),
    }),
    15_000,
  ),
  /**
   * `POST /api/v1/accounts` with an app's own token, whose session (`Principal.sessionId`) is `appSessionId`; it needs `write:accounts`. The
   * token works at once in open mode; otherwise its principal carries a `restriction` till then.
   */
  signUpThroughApp: write(Type.Object({ ...SignUp.properties, appSessionId: Id }), TokenAnswer, 15_000),
  signIn: write(Type.Object({ login: Text(320), password: Secret, ...Device }), SignInResult, 15_000),
  /** A TOTP code or a recovery code. */
  completeSecondFactor: write(Type.Object({ challenge: Secret, code: Text(40), ...Device }), SignInResult),
  /**
   * Rotates. Who asks twice at the same time (two tabs) gets the same successor. A token that comes again after its successor was used, or
   * later than a minute, was stolen from somebody: the whole family ends.
   */
  refreshSession: write(Type.Object({ refreshToken: Secret }), Session),
  signOut: idempotentWrite(Type.Object({ sessionId: Id }), Nothing),
  /** Of the caller: every session and every app token, except `exceptSessionId`. */
  signOutEverywhere: idempotentWrite(Type.Object({ exceptSessionId: Type.Union([Id, Type.Null()]) }), Nothing),
  listSessions: read(
    Nothing,
    Type.Object({
      sessions: Type.Array(
        Type.Object({
          sessionId: Id,
          createdMs: TimeMs,
          lastUsedMs: TimeMs,
          appName: Type.Union([Text(200), Type.Null()]),
          /** What an app may do; none for a browser, which may do all. */
          scopes: Type.Optional(Scopes),
          ...Device,
        }),
        { maxItems: 500 },
      ),
    }),
  ),
  revokeSession: idempotentWrite(Type.Object({ sessionId: Id }), Nothing),

  /** Answers `{ confirmed, email }` of the caller, for settings pages. */
  getCredentials: read(
    Nothing,
    Type.Object({
      email: Type.Union([Text(320), Type.Null()]),
      confirmed: Type.Boolean(),
      secondFactor: Type.Boolean(),
      socialProviders: Type.Array(Text(200)),
    }),
  ),
  changePassword: write(Type.Object({ current: Secret, next: Secret }), Nothing, 15_000),
  /** Always answers the same, whether the address is known or not. */
  requestPasswordReset: write(Type.Object({ email: Text(320) }), Nothing),
  resetPassword: write(Type.Object({ token: Secret, password: Secret }), Nothing, 15_000),
  requestEmailChange: write(Type.Object({ email: Text(320), password: Secret }), Nothing, 15_000),
  resendConfirmation: write(Type.Object({ email: Type.Union([Text(320), Type.Null()]) }), Nothing),
  confirmEmail: write(Type.Object({ token: Secret }), Type.Object({ accountId: Id })),

  beginSecondFactor: write(
    Type.Object({ password: Secret }),
    Type.Object({ secret: Text(200), uri: Text(500) }),
    15_000,
  ),
  enableSecondFactor: write(
    Type.Object({ code: Text(40) }),
    Type.Object({ recoveryCodes: Type.Array(Text(40)) }),
    15_000,
  ),
  disableSecondFactor: write(Type.Object({ password: Secret, code: Text(40) }), Nothing, 15_000),

  /** Social login with the configured OIDC provider. `begin` gives where to send the browser and what to keep in a cookie till it returns. */
  beginSocialSignIn: write(
    Type.Object({ redirectUri: Text(2_000) }),
    Type.Object({ url: Text(4_000), flow: Text(4_000) }),
  ),
  /**
   * `linked`: signed in. `proof_needed`: the verified e-mail belongs to an account here; its password links them (`linkSocialIdentity`).
   * `unknown`: a new person, who picks a username (`signUpSocial`).
   */
  finishSocialSignIn: write(
    Type.Object({ flow: Text(4_000), callbackUrl: Text(4_000), ...Device }),
    Type.Union([
      SignInResult,
      Type.Object({ status: Type.Literal('proof_needed'), ticket: Secret, email: Text(320) }),
      Type.Object({ status: Type.Literal('unknown'), ticket: Secret, suggestedUsername: Text(30) }),
    ]),
    15_000,
  ),
  linkSocialIdentity: write(Type.Object({ ticket: Secret, password: Secret, ...Device }), SignInResult, 15_000),
  signUpSocial: write(
    Type.Object({
      ticket: Secret,
      username: Text(100),
      agreement: Type.Boolean(),
      locale: Text(12),
      reason: Type.Optional(Text(2_000)),
      inviteCode: Type.Optional(Text(100)),
      ...Device,
    }),
    SignInResult,
    15_000,
  ),

  registerApp: write(
    Type.Object({
      name: Text(200),
      redirectUris: Type.Array(Text(2_000), { maxItems: 20 }),
      scopes: Text(2_000),
      website: Type.Union([Text(2_000), Type.Null()]),
    }),
    Type.Object({ app: App, clientSecret: Secret }),
  ),
  /** The app behind the caller's token. */
  getApp: read(Type.Object({ appId: Id }), App),
  /** For the consent page: what is asked, or which parameter is wrong. Never redirects to an unregistered address. */
  describeAuthorization: read(AuthorizationRequest, Type.Object({ app: App, scopes: Scopes })),
  /**
   * The caller (a first-party session) agrees: a code of ten minutes, for one use. `redirectUri` is the registered address as it stands; the
   * gateway adds `code` and `state` to it, or shows the code where it is `urn:ietf:wg:oauth:2.0:oob`.
   */
  authorize: write(AuthorizationRequest, Type.Object({ code: Secret, redirectUri: Text(2_000) })),
  /** Grants `authorization_code` (with PKCE where it was begun with it) and `client_credentials`. */
  issueToken: write(
    Type.Object({
      grantType: Text(40),
      clientId: Text(100),
      clientSecret: Type.Optional(Secret),
      code: Type.Optional(Secret),
      redirectUri: Type.Optional(Text(2_000)),
      codeVerifier: Type.Optional(Text(200)),
      scope: Type.Optional(Text(2_000)),
    }),
    TokenAnswer,
  ),
  revokeToken: idempotentWrite(Type.Object({ token: Secret, clientId: Text(100), clientSecret: Secret }), Nothing),

  /** Proof of the person for dangerous acts: the password of the caller, or `forbidden`. */
  verifyPassword: write(Type.Object({ password: Secret, code: Type.Optional(Text(40)) }), Nothing, 15_000),

  /** For the operator's commands and administrators (permission `accounts.manage`). */
  createAccountAs: write(
    Type.Object({
      username: Text(100),
      email: Type.Union([Text(320), Type.Null()]),
      role: Text(60),
      password: Type.Union([Secret, Type.Null()]),
    }),
    Type.Object({ accountId: Id, password: Secret }),
    15_000,
  ),
  setPasswordAs: write(
    Type.Object({ accountId: Id, password: Type.Union([Secret, Type.Null()]) }),
    Type.Object({ password: Secret }),
    15_000,
  ),
  setRole: idempotentWrite(Type.Object({ accountId: Id, role: Text(60) }), Nothing),
  /** A custom role: a name and permissions of `policies/permissions`. */
  defineRole: idempotentWrite(
    Type.Object({ name: Text(60), permissions: Type.Array(Text(60), { maxItems: 60 }) }),
    Nothing,
  ),
  listAccounts: read(
    Type.Object({ state: Type.Optional(Text(20)), page: Page }),
    Type.Object({ accounts: Type.Array(OperatorAccount), cursors: Cursors }),
  ),
  approve: idempotentWrite(Type.Object({ accountId: Id }), Nothing),
  reject: idempotentWrite(Type.Object({ accountId: Id }), Nothing),
  /** Ends every session of the account at once; signing in is refused till it is lifted. */
  suspend: idempotentWrite(Type.Object({ accountId: Id }), Nothing),
  unsuspend: idempotentWrite(Type.Object({ accountId: Id }), Nothing),
  createInvite: write(
    Type.Object({
      maxUses: Type.Integer({ minimum: 1, maximum: 1_000 }),
      expiresInSeconds: Type.Integer({ minimum: 60 }),
    }),
    Type.Object({ code: Text(100) }),
  ),
});

export type AuthenticationService = ServiceApi<typeof authenticationContract>;
