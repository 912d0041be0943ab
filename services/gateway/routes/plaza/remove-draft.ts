import { DONE } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const removeDraft = route({
  ...FIRST_PARTY,
  method: 'DELETE',
  url: '/api/plaza/v1/drafts/:id',
  summary: 'Delete a draft',
  params: IdParams,
  response: 'Empty',
  rateLimit: 'api',
  async handle({ params, context }, { services }) {
    await services.post.removeDraft({ id: params.id }, context);
    return DONE;
  },
});
