import { type Page, page } from '../frame/page.ts';
import { personFeed } from './feed.ts';
import { openRequest } from './open-request.ts';
import { MEDIA, POSTS, showPerson, WITH_REPLIES } from './person.ts';
import { showPost } from './post.ts';
import { kept, screen } from './screen.ts';
import { showPublic, showTag } from './timelines.ts';

/** Readers of feeds ask every few minutes at most. */
const FEED_CACHING = 'public, max-age=60';
const FEED = /\.rss$/;

const person = screen('/@:handle', showPerson(POSTS));

/** No name of a person has a dot in it, so one address tells the page from its feed. */
const personPage = page({
  method: 'GET',
  url: '/@:handle',
  async handle(request, site) {
    const { handle = '' } = request.params;
    if (!FEED.test(handle)) return person.handle(request, site);
    const asked = { ...openRequest(request, site.gateway), params: { handle: handle.replace(FEED, '') } };
    const { publicAnswers } = site.gateway;
    const answer = await publicAnswers.read(`page ${request.path}`, () => personFeed(asked, site));
    return kept(request, answer, FEED_CACHING);
  },
});

/** Every address of the browser client but the start. What needs an account has no rendering for those who have none. */
export const screens: readonly Page[] = [
  personPage,
  screen('/@:handle/with_replies', showPerson(WITH_REPLIES)),
  screen('/@:handle/media', showPerson(MEDIA)),
  screen('/@:handle/followers', showPerson(POSTS)),
  screen('/@:handle/following', showPerson(POSTS)),
  screen('/@:handle/:id', showPost),
  screen('/@:handle/:id/likes', showPost),
  screen('/@:handle/:id/reposts', showPost),
  screen('/public', showPublic),
  screen('/tags/:tag', showTag),
  ...[
    '/lists',
    '/lists/:id',
    '/lists/:id/members',
    '/favourites',
    '/bookmarks',
    '/search',
    '/follow-requests',
    '/blocks',
    '/mutes',
    '/filters',
    '/compose',
    '/drafts',
    '/scheduled',
    '/more',
    '/settings',
    '/settings/:section',
    '/settings/:section/:part',
  ].map((url) => screen(url)),
];
