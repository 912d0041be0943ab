import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const session = route({
  ...FIRST_PARTY,
  method: 'GET',
  url: '/api/plaza/v1/session',
  summary: 'The session of this browser',
  response: 'ClientSession',
  rateLimit: 'api',
  whileRestricted: true,
  async handle({ principal }) {
    const { accountId, sessionId, restriction } = principal!;
    return json({ id: sessionId, account_id: accountId, restriction });
  },
});
