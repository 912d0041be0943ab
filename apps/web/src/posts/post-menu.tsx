import { Menu } from '@base-ui/react/menu';
import { MoreHorizontal } from 'lucide-react';
import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import styles from '../ui/menu.module.css';
import { PostMenuItems } from './post-menu-items.tsx';

/** Everything that is done with a post more rarely; open from the start, since it is drawn when somebody asks for it. */
export default function PostMenu({ status, className }: { readonly status: Status; readonly className: string }) {
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className={className} aria-label={t('post.menu')} title={t('post.menu')}>
        <MoreHorizontal aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal container={document.getElementById('main')}>
        <Menu.Positioner className={styles.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={styles.popup}>
            <PostMenuItems status={status} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
