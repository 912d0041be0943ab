import { Menu } from '@base-ui/react/menu';
import { useMemo } from 'react';
import { useStatus } from '../api/statuses.ts';
import { t } from '../i18n/translate.ts';
import styles from '../ui/menu.module.css';
import { type AskedMenu, askForMenu, buttonOf } from './asked-menu.ts';
import { PostMenuItems } from './post-menu-items.tsx';

interface PostMenuProps {
  readonly asked: AskedMenu;
  readonly open: boolean;
}

/** Everything that is done with a post more rarely. */
export default function PostMenu({ asked, open }: PostMenuProps) {
  const { data: status } = useStatus(asked.id);
  const anchor = useMemo(() => anchorOf(asked), [asked]);
  if (status === undefined) return null;
  return (
    <Menu.Root open={open} onOpenChange={(next) => !next && askForMenu(null)}>
      <Menu.Portal container={document.getElementById('main')}>
        <Menu.Positioner className={styles.positioner} anchor={anchor} align="end" sideOffset={4}>
          <Menu.Popup className={styles.popup} aria-label={t('post.menu')} finalFocus={() => buttonOf(asked)}>
            <PostMenuItems status={status} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Its button, or where it was while the list draws none. */
function anchorOf(asked: AskedMenu) {
  let box = asked.button.getBoundingClientRect();
  return {
    getBoundingClientRect() {
      box = buttonOf(asked)?.getBoundingClientRect() ?? box;
      return box;
    },
  };
}
