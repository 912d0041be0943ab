import { Menu } from '@base-ui/react/menu';
import { MoreHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Account } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import menu from '../ui/menu.module.css';
import { BlockDialog } from './block-dialog.tsx';
import { ListsDialog } from './lists-dialog.tsx';
import { MuteDialog } from './mute-dialog.tsx';
import { nameOf } from './name.ts';
import styles from './person-menu.module.css';
import { type Asked, PersonMenuItems } from './person-menu-items.tsx';
import { RemoveFollowerDialog } from './remove-follower-dialog.tsx';

interface PersonMenuProps {
  readonly account: Account;
  readonly onNote: () => void;
}

const DIALOGS = {
  block: BlockDialog,
  mute: MuteDialog,
  lists: ListsDialog,
  remove: RemoveFollowerDialog,
} as const;

/** Everything that can be done about somebody, and the questions that some of it asks. Open from the start, since it is drawn when somebody asks for it. */
export default function PersonMenu({ account, onNote }: PersonMenuProps) {
  const [asked, setAsked] = useState<Asked>();
  const trigger = useRef<HTMLButtonElement>(null);
  const label = t('people.menu', { name: nameOf(account) });
  const Question = asked && DIALOGS[asked];
  return (
    <>
      <Menu.Root defaultOpen>
        <Menu.Trigger ref={trigger} className={styles.button} aria-label={label} title={label}>
          <MoreHorizontal aria-hidden="true" size={20} />
        </Menu.Trigger>
        <Menu.Portal container={document.getElementById('main')}>
          <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
            <Menu.Popup className={menu.popup}>
              <PersonMenuItems account={account} onNote={onNote} onAsk={setAsked} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {Question && <Question account={account} returnTo={trigger} onClose={() => setAsked(undefined)} />}
    </>
  );
}
