import Type from 'typebox';
import { withProof } from '../../access/proof.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { ownAccount } from '../accounts/own-account.ts';
import { FIRST_PARTY } from './first-party.ts';

export const changeHandle = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/handle',
  summary: 'Change the handle; addresses with the one until now stop working',
  body: Type.Object({ username: Text(100), password: Text(500) }),
  response: 'CredentialAccount',
  rateLimit: 'sign-in',
  async handle(request, gateway) {
    const { body, context, viewerId } = request;
    const { authentication, user } = gateway.services;
    await withProof(() => authentication.verifyPassword({ password: body.password }, context));
    await user.changeUsername({ username: body.username.trim().replace(/^@/, '') }, context);
    await gateway.present.accounts.forget(viewerId!);
    const { accounts } = await user.getAccounts({ ids: [viewerId!] }, context);
    return ownAccount(request, gateway, accounts[0]!);
  },
});
