import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { markersJson } from '../../present/markers.ts';
import { route } from '../../route.ts';

export const markers = route({
  method: 'GET',
  url: '/api/v1/markers',
  summary: 'How far one has read in the timelines',
  query: Type.Object({
    timeline: Type.Array(Type.Union([Type.Literal('home'), Type.Literal('notifications')]), {
      default: [],
      maxItems: 10,
    }),
  }),
  response: 'Markers',
  access: 'account',
  scope: 'read:statuses',
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
  async handle({ query, context }, { services }) {
    if (query.timeline.length === 0) return json({});
    return json(
      markersJson((await services.feed.getMarkers({ timelines: [...new Set(query.timeline)] }, context)).markers),
    );
  },
});
