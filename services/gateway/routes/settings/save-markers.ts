import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParam } from '../../params/types.ts';
import { markersJson } from '../../present/markers.ts';
import { route } from '../../route.ts';

const Position = Type.Object({ last_read_id: IdParam });

export const saveMarkers = route({
  method: 'POST',
  url: '/api/v1/markers',
  summary: 'Keep how far one has read in the timelines',
  body: Type.Object({ home: Type.Optional(Position), notifications: Type.Optional(Position) }),
  response: 'Markers',
  access: 'account',
  scope: 'write:statuses',
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
  async handle({ body, context }, { services }) {
    const markers = (['home', 'notifications'] as const).flatMap((timeline) => {
      const marker = body[timeline];
      return marker === undefined ? [] : [{ timeline, lastReadId: marker.last_read_id }];
    });
    if (markers.length === 0) return json({});
    return json(markersJson((await services.feed.setMarkers({ markers }, context)).markers));
  },
});
