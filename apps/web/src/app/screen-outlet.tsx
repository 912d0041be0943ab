import { Suspense, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { LoadingPosts } from '../ui/loading.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { boot } from './boot.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { type RouteParams, routes, type ScreenRoute } from './routes.tsx';
import { restoreScroll, stayHere } from './scroll.ts';

/** Shows the screen of the address. */
export function ScreenOutlet() {
  const [path] = useLocation();
  const found = find(path);
  const name = found === undefined ? path : nameOf(found);
  const shown = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address is another place to be at
  useLayoutEffect(() => {
    if (shown.current === name) stayHere();
    else restoreScroll();
    shown.current = name;
  }, [path]);
  return (
    <ErrorBoundary key={name}>
      <Suspense fallback={<LoadingPosts />}>
        {found === undefined ? <NotFound /> : <Found found={found} path={path} />}
      </Suspense>
    </ErrorBoundary>
  );
}

interface FoundRoute {
  readonly route: ScreenRoute;
  readonly params: RouteParams;
}

function Found({ found: { route, params }, path }: { readonly found: FoundRoute; readonly path: string }) {
  const { screen: Screen, needsAccount } = route;
  if (needsAccount && boot.account === null) {
    location.replace(`/sign-in?next=${encodeURIComponent(path)}`);
    return <LoadingPosts />;
  }
  return <Screen {...params} />;
}

function find(path: string): FoundRoute | undefined {
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    const parts = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
    return { route, params: Object.fromEntries(parts.map(([part, value]) => [part, decode(value)])) };
  }
  return undefined;
}

/** Addresses that differ only in the view of one screen have one name: going from one to the other leaves the screen in place. */
function nameOf({ route, params }: FoundRoute): string {
  const { [route.view ?? '']: _view, ...rest } = params;
  return `${route.path.source} ${JSON.stringify(rest)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
