import Type, { type TSchema } from 'typebox';

const Id = Type.String({ description: 'A 64-bit id in decimal text' });
const Time = Type.String({ format: 'date-time' });
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** The shapes of what `/api/plaza/v1` answers: what Mastodon's API has no words for. */
export const PLAZA_ENTITIES = {
  ClientSession: Type.Object({
    id: Id,
    account_id: Id,
    restriction: orNull(Type.Union([Type.Literal('unconfirmed'), Type.Literal('unapproved')])),
  }),
  Credentials: Type.Object({ email: orNull(Type.String()), confirmed: Type.Boolean(), second_factor: Type.Boolean() }),
  RecoveryCodes: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
  SecondFactorSecret: Type.Object({
    secret: Type.String(),
    uri: Type.String({ description: 'What an authenticator app reads: `otpauth://totp/…`' }),
    qr: Type.String({ description: 'The same as a QR code, in a data address of an SVG' }),
  }),
  SignedIn: Type.Object({
    id: Id,
    current: Type.Boolean({ description: 'Whether it is the session that asks' }),
    app_name: orNull(Type.String({ description: 'Null for a browser' })),
    scopes: Type.Array(Type.String(), { description: 'What an app may do; empty for a browser' }),
    user_agent: Type.String(),
    ip: Type.String(),
    created_at: Time,
    last_used_at: Time,
  }),
};
