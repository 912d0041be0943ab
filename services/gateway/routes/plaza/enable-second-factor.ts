import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const enableSecondFactor = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/second_factor/enable',
  summary: 'Turn the second factor on; its recovery codes are told this once',
  body: Type.Object({ code: Text(40) }),
  response: 'RecoveryCodes',
  rateLimit: 'sign-in',
  async handle({ body, context }, { services }) {
    const { recoveryCodes } = await services.authentication.enableSecondFactor({ code: body.code.trim() }, context);
    return json({ recovery_codes: recoveryCodes });
  },
});
