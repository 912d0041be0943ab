import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const credentials = route({
  ...FIRST_PARTY,
  method: 'GET',
  url: '/api/plaza/v1/credentials',
  summary: 'With what one signs in',
  response: 'Credentials',
  rateLimit: 'api',
  whileRestricted: true,
  async handle({ context }, { services }) {
    const { email, confirmed, secondFactor } = await services.authentication.getCredentials({}, context);
    return json({ email, confirmed, second_factor: secondFactor });
  },
});
