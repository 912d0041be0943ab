import { useRelationship } from '../../api/relationships.ts';
import type { Account } from '../../api/types.ts';
import { exactTime } from '../../i18n/times.ts';
import { t } from '../../i18n/translate.ts';
import { answerRequest, unblock, unmute } from '../../people/actions.ts';
import { nameOf } from '../../people/name.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import styles from './profile.module.css';

/** What one has to know before reading on: why there are no posts here, that somebody is muted, or waits for an answer. */
export function Standing({ account }: { readonly account: Account }) {
  const { data: relationship } = useRelationship(account.id);
  const name = nameOf(account);
  if (account.suspended) return <Empty>{t('profile.suspended')}</Empty>;
  if (relationship === undefined) return null;
  if (relationship.blocking) {
    return (
      <Empty>
        <p>{t('profile.youBlocked', { name })}</p>
        <Button onClick={() => void unblock(account)}>{t('people.unblock')}</Button>
      </Empty>
    );
  }
  if (relationship.blocked_by) return <Empty>{t('profile.blockedYou', { name })}</Empty>;
  const until = relationship.muting_expires_at;
  return (
    <>
      {relationship.requested_by && (
        <div className={styles.standing}>
          <span>{t('profile.wantsToFollow', { name })}</span>
          <Button small kind="primary" onClick={() => void answerRequest(account, 'authorize')}>
            {t('requests.accept')}
          </Button>
          <Button small onClick={() => void answerRequest(account, 'reject')}>
            {t('requests.reject')}
          </Button>
        </div>
      )}
      {relationship.muting && (
        <div className={styles.standing}>
          <span>
            {until === null
              ? t('profile.youMuted', { name })
              : t('profile.youMutedUntil', { name, time: exactTime(until) })}
          </span>
          <Button small onClick={() => void unmute(account)}>
            {t('people.unmute')}
          </Button>
        </div>
      )}
    </>
  );
}
