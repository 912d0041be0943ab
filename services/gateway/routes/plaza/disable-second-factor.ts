import Type from 'typebox';
import { withProof } from '../../access/proof.ts';
import { DONE } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const disableSecondFactor = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/second_factor/disable',
  summary: 'Turn the second factor off',
  body: Type.Object({ password: Text(500), code: Text(40) }),
  response: 'Empty',
  rateLimit: 'sign-in',
  async handle({ body: { password, code }, context }, { services }) {
    await withProof(() => services.authentication.disableSecondFactor({ password, code: code.trim() }, context));
    return DONE;
  },
});
