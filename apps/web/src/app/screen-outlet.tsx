import { Suspense, useLayoutEffect } from 'react';
import { useLocation } from 'wouter';
import { LoadingPosts } from '../ui/loading.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { boot } from './boot.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { routes } from './routes.tsx';
import { restoreScroll } from './scroll.ts';

/** Shows the screen of the address. */
export function ScreenOutlet() {
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address is another place to be at
  useLayoutEffect(restoreScroll, [path]);
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={<LoadingPosts />}>
        <Match path={path} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Match({ path }: { readonly path: string }) {
  for (const { path: pattern, screen: Screen, needsAccount } of routes) {
    const found = pattern.exec(path);
    if (found === null) continue;
    if (needsAccount && boot.account === null) {
      location.replace(`/sign-in?next=${encodeURIComponent(path)}`);
      return <LoadingPosts />;
    }
    const params = Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decode(value)]));
    return <Screen {...params} />;
  }
  return <NotFound />;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
