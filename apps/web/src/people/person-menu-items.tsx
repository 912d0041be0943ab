import { Menu } from '@base-ui/react/menu';
import { Ban, Link2, ListPlus, NotebookPen, Repeat2, Rss, UserMinus, Volume2, VolumeX } from 'lucide-react';
import { useRelationship } from '../api/relationships.ts';
import type { Account, Relationship } from '../api/types.ts';
import { boot } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import { pathOfAccount } from '../posts/paths.ts';
import styles from '../ui/menu.module.css';
import { MenuItem } from '../ui/menu-item.tsx';
import { toast } from '../ui/toasts.tsx';
import { showReposts, unblock, unmute } from './actions.ts';

/** What is asked before it is done. */
export type Asked = 'block' | 'mute' | 'lists' | 'remove' | undefined;

interface ItemsProps {
  readonly account: Account;
  readonly onNote: () => void;
  readonly onAsk: (asked: Asked) => void;
}

export function PersonMenuItems({ account, onNote, onAsk }: ItemsProps) {
  const { data: relationship } = useRelationship(account.id);
  const other = boot.account !== null && boot.account.id !== account.id;
  return (
    <>
      <MenuItem icon={<Link2 />} onPress={() => copyLink(account)}>
        {t('people.copyLink')}
      </MenuItem>
      <Menu.LinkItem className={styles.item} href={`${pathOfAccount(account)}.rss`} closeOnClick>
        <span aria-hidden="true">
          <Rss />
        </span>
        {t('people.rss')}
      </Menu.LinkItem>
      {other && relationship && <Ties account={account} relationship={relationship} onNote={onNote} onAsk={onAsk} />}
    </>
  );
}

function Ties({ account, relationship, onNote, onAsk }: ItemsProps & { readonly relationship: Relationship }) {
  const { following, followed_by, muting, blocking, showing_reblogs } = relationship;
  return (
    <>
      <MenuItem icon={<NotebookPen />} onPress={onNote}>
        {t('people.noteOpen')}
      </MenuItem>
      {following && (
        <>
          <MenuItem icon={<ListPlus />} onPress={() => onAsk('lists')}>
            {t('people.lists')}
          </MenuItem>
          <MenuItem icon={<Repeat2 />} onPress={() => void showReposts(account, !showing_reblogs)}>
            {t(showing_reblogs ? 'people.hideReposts' : 'people.showReposts')}
          </MenuItem>
        </>
      )}
      <Menu.Separator className={styles.separator} />
      {followed_by && (
        <MenuItem icon={<UserMinus />} onPress={() => onAsk('remove')}>
          {t('people.removeFollower')}
        </MenuItem>
      )}
      {muting ? (
        <MenuItem icon={<Volume2 />} onPress={() => void unmute(account)}>
          {t('people.unmute')}
        </MenuItem>
      ) : (
        <MenuItem icon={<VolumeX />} onPress={() => onAsk('mute')}>
          {t('people.mute')}
        </MenuItem>
      )}
      {blocking ? (
        <MenuItem icon={<Ban />} onPress={() => void unblock(account)}>
          {t('people.unblock')}
        </MenuItem>
      ) : (
        <MenuItem icon={<Ban />} danger onPress={() => onAsk('block')}>
          {t('people.block')}
        </MenuItem>
      )}
    </>
  );
}

async function copyLink(account: Account): Promise<void> {
  await navigator.clipboard.writeText(new URL(pathOfAccount(account), location.origin).href);
  toast(t('people.linkCopied'));
}
