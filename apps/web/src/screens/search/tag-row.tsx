import { Hash } from 'lucide-react';
import { Link } from 'wouter';
import type { Tag } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import styles from './search.module.css';

const DAYS = 7;

/** A hashtag, and how many people used it of late. */
export function TagRow({ tag }: { readonly tag: Tag }) {
  const n = tag.history.slice(0, DAYS).reduce((sum, { accounts }) => sum + Number(accounts), 0);
  return (
    <Link href={`/tags/${encodeURIComponent(tag.name)}`} className={styles.tag}>
      <Hash aria-hidden="true" size={20} />
      <bdi>{tag.name}</bdi>
      {n > 0 && <span className={styles.uses}>{t('search.tagUses', { n })}</span>}
    </Link>
  );
}
