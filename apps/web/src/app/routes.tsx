import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { withTexts } from '../i18n/translate.ts';
import Home from '../screens/home/home.tsx';
import { boot } from './boot.ts';

/** What a screen is given: the named parts of its address. */
export type RouteParams = Readonly<Record<string, string>>;

export interface ScreenRoute {
  readonly path: RegExp;
  // biome-ignore lint/suspicious/noExplicitAny: each screen names the parts of its own address
  readonly screen: ComponentType<any> | LazyExoticComponent<ComponentType<any>>;
  /** Whether it is for those who are signed in: others are led to the sign-in page. */
  readonly needsAccount?: true;
  /** The part of the address that only chooses a view of the screen, as a tab does: the screen stays when it changes. */
  readonly view?: string;
}

const Landing = lazy(() => import('../screens/landing/landing.tsx'));

/** Every screen by its address. The first that fits is shown; the home is part of the first file, all others come when they are asked for. */
export const routes: readonly ScreenRoute[] = [
  { path: /^\/$/, screen: boot.account === null ? Landing : Home },
  { path: /^\/public$/, screen: lazy(() => import('../screens/local/local.tsx')) },
  { path: /^\/tags\/(?<tag>[^/]+)$/, screen: lazy(() => import('../screens/tag/tag.tsx')) },
  { path: /^\/compose$/, screen: lazy(() => import('../screens/compose/compose.tsx')), needsAccount: true },
  {
    path: /^\/drafts$/,
    screen: lazy(withTexts('composer', () => import('../screens/drafts/drafts.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/scheduled$/,
    screen: lazy(withTexts('composer', () => import('../screens/scheduled/scheduled.tsx'))),
    needsAccount: true,
  },
  { path: /^\/more$/, screen: lazy(() => import('../screens/more/more.tsx')), needsAccount: true },
  {
    path: /^\/settings$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/settings.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/appearance$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/appearance/appearance.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/@(?<handle>[^/]+)(?:\/(?<tab>with_replies|media))?$/,
    screen: lazy(withTexts('people', () => import('../screens/profile/profile.tsx'))),
    view: 'tab',
  },
  {
    path: /^\/@(?<handle>[^/]+)\/(?<side>followers|following)$/,
    screen: lazy(withTexts('people', () => import('../screens/people-of/people-of.tsx'))),
    view: 'side',
  },
  {
    path: /^\/@[^/]+\/(?<postId>\d+)$/,
    screen: lazy(withTexts('reading', () => import('../screens/thread/thread.tsx'))),
  },
  {
    path: /^\/@(?<handle>[^/]+)\/(?<postId>\d+)\/(?<side>likes|reposts)$/,
    screen: lazy(
      withTexts(
        'people',
        withTexts('reading', () => import('../screens/who/who.tsx')),
      ),
    ),
    view: 'side',
  },
  {
    path: /^\/favourites$/,
    screen: lazy(withTexts('reading', () => import('../screens/favourites/favourites.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/bookmarks$/,
    screen: lazy(withTexts('reading', () => import('../screens/bookmarks/bookmarks.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/filters$/,
    screen: lazy(withTexts('reading', () => import('../screens/filters/filters.tsx'))),
    needsAccount: true,
  },
  { path: /^\/search$/, screen: lazy(withTexts('people', () => import('../screens/search/search.tsx'))) },
  {
    path: /^\/lists$/,
    screen: lazy(withTexts('people', () => import('../screens/lists/lists.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/lists\/(?<id>\d+)$/,
    screen: lazy(withTexts('people', () => import('../screens/list/list.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/lists\/(?<id>\d+)\/members$/,
    screen: lazy(withTexts('people', () => import('../screens/list/members.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/follow-requests$/,
    screen: lazy(withTexts('people', () => import('../screens/follow-requests/follow-requests.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/blocks$/,
    screen: lazy(withTexts('people', () => import('../screens/hidden-people/blocks.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/mutes$/,
    screen: lazy(withTexts('people', () => import('../screens/hidden-people/mutes.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/profile$/,
    screen: lazy(
      withTexts(
        'people',
        withTexts('settings', () => import('../screens/settings/profile/profile-settings.tsx')),
      ),
    ),
    needsAccount: true,
  },
  {
    path: /^\/settings\/privacy$/,
    screen: lazy(
      withTexts(
        'people',
        withTexts('settings', () => import('../screens/settings/privacy/privacy-settings.tsx')),
      ),
    ),
    needsAccount: true,
  },
  {
    path: /^\/settings\/account$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/account/account.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/account\/email$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/account/email.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/account\/handle$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/account/handle.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/account\/password$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/account/password.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/account\/second-factor$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/account/second-factor.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/account\/leave$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/account/leave.tsx'))),
    needsAccount: true,
  },
  {
    path: /^\/settings\/sessions$/,
    screen: lazy(withTexts('settings', () => import('../screens/settings/sessions/sessions.tsx'))),
    needsAccount: true,
  },
];
