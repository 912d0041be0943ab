import Type from 'typebox';
import { proveBoth } from '../../access/proof.ts';
import { signedOut } from '../../http/signed-out.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const deactivate = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/deactivate',
  summary: 'Leave for a while: nobody sees the account until its person signs in again',
  body: Type.Object({ password: Text(500), code: Type.String({ maxLength: 40, default: '' }) }),
  response: 'Empty',
  rateLimit: 'sign-in',
  async handle(request, gateway) {
    const { body, context, headers } = request;
    const { authentication, user } = gateway.services;
    await proveBoth(body, context, gateway.services);
    await user.deactivate({}, context);
    gateway.faults.hit('account.before-sign-out');
    await authentication.signOutEverywhere({ exceptSessionId: null }, context);
    return signedOut(headers, gateway.config);
  },
});
