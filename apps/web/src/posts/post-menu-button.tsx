import { MoreHorizontal } from 'lucide-react';
import { t } from '../i18n/translate.ts';
import { askForMenu, useHasMenu } from './asked-menu.ts';

interface PostMenuButtonProps {
  readonly id: string;
  readonly className: string;
}

/** The button of a post's menu. */
export function PostMenuButton({ id, className }: PostMenuButtonProps) {
  return (
    <button
      type="button"
      className={className}
      aria-label={t('post.menu')}
      aria-haspopup="menu"
      aria-expanded={useHasMenu(id)}
      title={t('post.menu')}
      data-menu-of={id}
      onClick={({ currentTarget }) => askForMenu({ id, button: currentTarget })}
    >
      <MoreHorizontal aria-hidden="true" />
    </button>
  );
}
