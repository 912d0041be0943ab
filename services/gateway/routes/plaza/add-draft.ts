import { json } from '../../http/answer.ts';
import { idempotencyKeyOf } from '../../params/idempotency-key.ts';
import { keptDraftJson } from '../../present/kept-draft.ts';
import { route } from '../../route.ts';
import { DraftContentParameters, draftContentOf } from './draft-content.ts';
import { FIRST_PARTY } from './first-party.ts';

export const addDraft = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/drafts',
  summary:
    'Keep what one has begun to write; files that it names are kept with it. The same Idempotency-Key answers the same draft',
  body: DraftContentParameters,
  response: 'Draft',
  permission: 'posts.write',
  rateLimit: 'api',
  async handle({ body, context, headers, viewerId }, { services, present, random }) {
    const idempotencyKey = idempotencyKeyOf(headers, random);
    const draft = await services.post.addDraft({ content: draftContentOf(body), idempotencyKey }, context);
    return json(keptDraftJson(draft, present.media, viewerId!));
  },
});
