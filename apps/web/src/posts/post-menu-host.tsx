import { lazy, Suspense, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { askForMenu, useAskedMenu } from './asked-menu.ts';

const PostMenu = lazy(() => import('./post-menu.tsx'));

/**
 * Where the menu of a post opens: beside the lists and not in them, because a list that moves draws what leaves the window no more, and a menu in it would be gone with its post. It
 * is fetched when it is first asked for, since it is larger than the rest of a post together.
 */
export function PostMenuHost() {
  const asked = useAskedMenu();
  const [path] = useLocation();
  // What was shown last is there until it has faded.
  const [shown, setShown] = useState(asked);
  if (asked !== null && asked !== shown) setShown(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes elsewhere leaves it
  useEffect(() => askForMenu(null), [path]);
  if (shown === null) return null;
  return (
    <Suspense>
      <PostMenu asked={shown} open={asked !== null} />
    </Suspense>
  );
}
