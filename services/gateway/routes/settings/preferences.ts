import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';

const VISIBILITY = { public: 'public', unlisted: 'unlisted', followers: 'private' } as const;

export const preferences = route({
  method: 'GET',
  url: '/api/v1/preferences',
  summary: "How one's clients are asked to show and post",
  response: 'Preferences',
  access: 'account',
  scope: 'read:accounts',
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
  async handle({ context }, { services }) {
    const preferences = await services.user.getPreferences({}, context);
    return json({
      'posting:default:visibility': VISIBILITY[preferences.postingVisibility],
      'posting:default:sensitive': preferences.postingSensitive,
      'posting:default:language': preferences.postingLanguage,
      'posting:default:quote_policy': 'nobody',
      'reading:expand:media': preferences.expandMedia,
      'reading:expand:spoilers': preferences.expandSpoilers,
      'reading:autoplay:gifs': false,
    });
  },
});
