import { json } from '../../http/answer.ts';
import { keptDraftJson } from '../../present/kept-draft.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const drafts = route({
  ...FIRST_PARTY,
  method: 'GET',
  url: '/api/plaza/v1/drafts',
  summary: 'What one has begun to write, the draft that was changed last first',
  response: 'Draft[]',
  rateLimit: 'api',
  async handle({ context, viewerId }, { services, present }) {
    const kept = await services.post.listDrafts({}, context);
    return json(kept.drafts.map((draft) => keptDraftJson(draft, present.media, viewerId!)));
  },
});
