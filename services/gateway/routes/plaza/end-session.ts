import { signedOut } from '../../http/signed-out.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const endSession = route({
  ...FIRST_PARTY,
  method: 'DELETE',
  url: '/api/plaza/v1/session',
  summary: 'Sign out of this browser',
  response: 'Empty',
  rateLimit: 'api',
  whileRestricted: true,
  async handle({ principal, context, headers }, { services, config }) {
    await services.authentication.signOut({ sessionId: principal!.sessionId }, context);
    return signedOut(headers, config);
  },
});
