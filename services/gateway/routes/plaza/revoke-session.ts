import { DONE } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const revokeSession = route({
  ...FIRST_PARTY,
  method: 'DELETE',
  url: '/api/plaza/v1/sessions/:id',
  summary: 'Sign a browser out, or take back what an app may do',
  params: IdParams,
  response: 'Empty',
  rateLimit: 'api',
  async handle({ params, context }, { services }) {
    await services.authentication.revokeSession({ sessionId: params.id }, context);
    return DONE;
  },
});
