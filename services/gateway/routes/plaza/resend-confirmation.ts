import { DONE } from '../../http/answer.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const resendConfirmation = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/email/resend',
  summary: 'Send the mail that confirms the address once more',
  response: 'Empty',
  rateLimit: 'sign-in',
  whileRestricted: true,
  async handle({ context }, { services }) {
    await services.authentication.resendConfirmation({ email: null }, context);
    return DONE;
  },
});
