import Type from 'typebox';
import { invalid } from '#platform/errors/errors.ts';
import { proveBoth } from '../../access/proof.ts';
import { signedOut } from '../../http/signed-out.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const deleteAccount = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/delete',
  summary: 'Leave for good: the account and everything of it is deleted',
  body: Type.Object({
    username: Text(100),
    password: Text(500),
    code: Type.String({ maxLength: 40, default: '' }),
  }),
  response: 'Empty',
  rateLimit: 'sign-in',
  async handle(request, gateway) {
    const { body, context, headers, viewerId } = request;
    const { authentication, user } = gateway.services;
    const { accounts } = await user.getAccounts({ ids: [viewerId!] }, context);
    const username = accounts[0]?.username ?? '';
    if (body.username.trim().replace(/^@/, '').toLowerCase() !== username.toLowerCase()) {
      throw invalid('username', 'ERR_INVALID', `Write ${username} to delete the account`);
    }
    await proveBoth(body, context, gateway.services);
    await user.deleteAccount({}, context);
    gateway.faults.hit('account.before-sign-out');
    await authentication.signOutEverywhere({ exceptSessionId: null }, context);
    return signedOut(headers, gateway.config);
  },
});
