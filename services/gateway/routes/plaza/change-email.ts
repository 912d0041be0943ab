import Type from 'typebox';
import { withProof } from '../../access/proof.ts';
import { DONE } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const changeEmail = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/email',
  summary: 'Change the e-mail address; where mail is sent, it counts once the link in it is opened',
  body: Type.Object({ email: Text(320), password: Text(500) }),
  response: 'Empty',
  rateLimit: 'sign-in',
  whileRestricted: true,
  async handle({ body, context }, { services }) {
    const { email, password } = body;
    await withProof(() => services.authentication.requestEmailChange({ email: email.trim(), password }, context));
    return DONE;
  },
});
