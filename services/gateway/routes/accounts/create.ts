import Type from 'typebox';
import { forbidden } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { Flag, Text } from '../../params/types.ts';
import { tokenJson } from '../../present/token.ts';
import { route } from '../../route.ts';

export const createAccount = route({
  method: 'POST',
  url: '/api/v1/accounts',
  summary: 'Sign somebody up through an app, with the token of the app itself',
  body: Type.Object({
    username: Text(100),
    email: Text(320),
    password: Text(500),
    agreement: Flag(false),
    locale: Type.String({ maxLength: 12, default: 'en' }),
    reason: Type.String({ maxLength: 2_000, default: '' }),
    invite_code: Type.String({ maxLength: 100, default: '' }),
  }),
  response: 'Token',
  access: 'app',
  scope: 'write:accounts',
  rateLimit: 'sign-up',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 403,
    blockedUser: 403,
    suspended: 401,
    owner: 403,
    moderator: 403,
    admin: 403,
  },
  async handle({ body, context, principal, ip, userAgent }, { services }) {
    if (principal!.accountId !== null) throw forbidden('an app signs people up with its own token');
    const token = await services.authentication.signUpThroughApp(
      {
        username: body.username,
        email: body.email,
        password: body.password,
        agreement: body.agreement,
        locale: body.locale,
        reason: body.reason,
        inviteCode: body.invite_code,
        appSessionId: principal!.sessionId,
        ip,
        userAgent,
      },
      context,
    );
    return json(tokenJson(token));
  },
});
