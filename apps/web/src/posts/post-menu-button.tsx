import { MoreHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';

const PostMenu = lazy(() => import('./post-menu.tsx'));

interface PostMenuButtonProps {
  readonly status: Status;
  readonly className: string;
}

/** The button of a post's menu. The menu itself is fetched when it is first asked for: it is larger than the rest of a post together. */
export function PostMenuButton({ status, className }: PostMenuButtonProps) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      className={className}
      aria-label={t('post.menu')}
      aria-haspopup="menu"
      title={t('post.menu')}
      onClick={() => setWanted(true)}
    >
      <MoreHorizontal aria-hidden="true" />
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <PostMenu status={status} className={className} />
    </Suspense>
  );
}
