import { json } from '../../http/answer.ts';
import { filterJson } from '../../present/filter.ts';
import { route } from '../../route.ts';
import { FilterParameters, keywordChanges } from './filter-parameters.ts';

export const createFilter = route({
  method: 'POST',
  url: '/api/v2/filters',
  summary: 'Make a filter',
  body: FilterParameters,
  response: 'Filter',
  access: 'account',
  scope: 'write:filters',
  permission: 'profile.write',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ body, context, viewerId }, { services, present }) {
    const filter = await present.filters.change(viewerId!, () =>
      services.feed.createFilter(
        {
          title: body.title,
          contexts: body.context,
          expiresInSeconds: body.expires_in ?? null,
          action: body.filter_action,
          keywords: keywordChanges(body.keywords_attributes),
        },
        context,
      ),
    );
    return json(filterJson(filter));
  },
});
