import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
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
}

const Landing = lazy(() => import('../screens/landing/landing.tsx'));

/** Every screen by its address. The first that fits is shown; the home is part of the first file, all others come when they are asked for. */
export const routes: readonly ScreenRoute[] = [
  { path: /^\/$/, screen: boot.account === null ? Landing : Home },
  { path: /^\/public$/, screen: lazy(() => import('../screens/local/local.tsx')) },
  { path: /^\/tags\/(?<tag>[^/]+)$/, screen: lazy(() => import('../screens/tag/tag.tsx')) },
  { path: /^\/more$/, screen: lazy(() => import('../screens/more/more.tsx')), needsAccount: true },
  { path: /^\/settings$/, screen: lazy(() => import('../screens/settings/settings.tsx')), needsAccount: true },
  {
    path: /^\/settings\/appearance$/,
    screen: lazy(() => import('../screens/settings/appearance/appearance.tsx')),
    needsAccount: true,
  },
];
