import Type from 'typebox';
import { withProof } from '../../access/proof.ts';
import { DONE } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const changePassword = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/password',
  summary: 'Change the password; everything else that is signed in is signed out',
  body: Type.Object({ current_password: Text(500), password: Text(500) }),
  response: 'Empty',
  rateLimit: 'sign-in',
  async handle({ body, context }, { services }) {
    const change = { current: body.current_password, next: body.password };
    await withProof(() => services.authentication.changePassword(change, context), { password: 'current_password' });
    return DONE;
  },
});
