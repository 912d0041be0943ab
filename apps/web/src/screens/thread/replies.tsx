import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { knownStatus } from '../../api/statuses.ts';
import type { Turn } from '../../api/threads.ts';
import { t } from '../../i18n/translate.ts';
import { pathOfPost } from '../../posts/paths.ts';
import { Post } from '../../posts/post.tsx';
import styles from './thread.module.css';
import { type Row, rowsOf, SHOWN_REPLIES } from './tree.ts';

/** What answers a post, each reply with what answers it right below. */
export function Replies({ root, turns }: { readonly root: string; readonly turns: readonly Turn[] }) {
  const [more, setMore] = useState<Readonly<Record<string, number>>>({});
  const rows = useMemo(() => rowsOf(root, turns, more), [root, turns, more]);
  const unfold = (id: string) => setMore({ ...more, [id]: (more[id] ?? 0) + SHOWN_REPLIES.step });
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('thread.replies')}>
      {rows.map((row) => (
        <div key={keyOf(row)} className={styles.row} data-depth={row.depth}>
          {row.kind === 'post' && <Post id={row.id} {...(row.line && { line: 'below' as const })} />}
          {row.kind === 'folded' && (
            <button type="button" className={styles.more} onClick={() => unfold(row.under)}>
              {t('thread.showReplies', { n: row.count })}
            </button>
          )}
          {row.kind === 'further' && <Further id={row.id} count={row.count} />}
        </div>
      ))}
    </section>
  );
}

function Further({ id, count }: { readonly id: string; readonly count: number }) {
  const status = knownStatus(id);
  if (status === undefined) return null;
  return (
    <Link href={pathOfPost(status)} className={styles.more}>
      {t('thread.further', { n: count })}
    </Link>
  );
}

function keyOf(row: Row): string {
  return row.kind === 'folded' ? `folded ${row.under}` : `${row.kind} ${row.id}`;
}
