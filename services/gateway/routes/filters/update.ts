import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { filterJson } from '../../present/filter.ts';
import { route } from '../../route.ts';
import { FilterChangeParameters, filterChange } from './filter-parameters.ts';

export const updateFilter = route({
  method: 'PUT',
  url: '/api/v2/filters/:id',
  alsoAs: ['PATCH'],
  summary: 'Change a filter',
  params: IdParams,
  body: FilterChangeParameters,
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
    otherUser: 404,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 404,
    admin: 404,
  },
  async handle({ params, body, context, viewerId }, { services, present }) {
    const filter = await present.filters.change(viewerId!, () =>
      services.feed.updateFilter({ filterId: params.id, ...filterChange(body) }, context),
    );
    return json(filterJson(filter));
  },
});
