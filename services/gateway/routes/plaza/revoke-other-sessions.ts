import { DONE } from '../../http/answer.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const revokeOtherSessions = route({
  ...FIRST_PARTY,
  method: 'DELETE',
  url: '/api/plaza/v1/sessions',
  summary: 'Sign everything else out',
  response: 'Empty',
  rateLimit: 'api',
  async handle({ principal, context }, { services }) {
    await services.authentication.signOutEverywhere({ exceptSessionId: principal!.sessionId }, context);
    return DONE;
  },
});
