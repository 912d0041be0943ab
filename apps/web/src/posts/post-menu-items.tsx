import { Menu } from '@base-ui/react/menu';
import { FilePen, History, Link2, Pencil, Pin, PinOff, Trash2, Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Status } from '../api/types.ts';
import { me } from '../app/boot.ts';
import { askToDelete, openComposer, showHistory } from '../composer/open.ts';
import { t } from '../i18n/translate.ts';
import styles from '../ui/menu.module.css';
import { toast } from '../ui/toasts.tsx';
import { act } from './actions.ts';
import { pathOfPost } from './paths.ts';

export function PostMenuItems({ status }: { readonly status: Status }) {
  const isMine = status.account.id === me().id;
  return (
    <>
      <Item icon={<Link2 />} onPress={() => copyLink(status)}>
        {t('post.copyLink')}
      </Item>
      <Item
        icon={status.muted ? <Volume2 /> : <VolumeX />}
        onPress={() => act(status.muted ? 'unmute' : 'mute', status.id)}
      >
        {t(status.muted ? 'post.unmute' : 'post.mute')}
      </Item>
      {isMine && (
        <Item
          icon={status.pinned ? <PinOff /> : <Pin />}
          onPress={() => act(status.pinned ? 'unpin' : 'pin', status.id)}
        >
          {t(status.pinned ? 'post.unpin' : 'post.pin')}
        </Item>
      )}
      {status.edited_at !== null && (
        <Item icon={<History />} onPress={() => showHistory(status)}>
          {t('post.history')}
        </Item>
      )}
      {isMine && <OwnPostItems status={status} />}
    </>
  );
}

function OwnPostItems({ status }: { readonly status: Status }) {
  return (
    <>
      <Menu.Separator className={styles.separator} />
      <Item icon={<Pencil />} onPress={() => openComposer({ edit: status })}>
        {t('post.edit')}
      </Item>
      <Item icon={<FilePen />} onPress={() => askToDelete(status, true)}>
        {t('post.redraft')}
      </Item>
      <Item icon={<Trash2 />} danger onPress={() => askToDelete(status, false)}>
        {t('post.delete')}
      </Item>
    </>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly danger?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

export function Item({ icon, danger = false, onPress, children }: ItemProps) {
  return (
    <Menu.Item className={`${styles.item} ${danger ? styles.danger : ''}`} onClick={onPress}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </Menu.Item>
  );
}

async function copyLink(status: Status): Promise<void> {
  await navigator.clipboard.writeText(new URL(pathOfPost(status), location.origin).href);
  toast(t('post.linkCopied'));
}
