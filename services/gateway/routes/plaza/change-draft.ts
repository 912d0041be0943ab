import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { keptDraftJson } from '../../present/kept-draft.ts';
import { route } from '../../route.ts';
import { DraftContentParameters, draftContentOf } from './draft-content.ts';
import { FIRST_PARTY } from './first-party.ts';

export const changeDraft = route({
  ...FIRST_PARTY,
  method: 'PUT',
  url: '/api/plaza/v1/drafts/:id',
  summary: 'Keep something else in the place of a draft: all of it is sent',
  params: IdParams,
  body: DraftContentParameters,
  response: 'Draft',
  permission: 'posts.write',
  rateLimit: 'api',
  async handle({ params, body, context, viewerId }, { services, present }) {
    const draft = await services.post.changeDraft({ id: params.id, content: draftContentOf(body) }, context);
    return json(keptDraftJson(draft, present.media, viewerId!));
  },
});
