import { useState } from 'react';
import { answered, api } from '../api/client.ts';
import { changeStatus } from '../api/statuses.ts';
import type { Poll } from '../api/types.ts';
import { boot } from '../app/boot.ts';
import { relativeTime } from '../i18n/times.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { failureWords } from '../ui/failure-notice.tsx';
import { toast } from '../ui/toasts.tsx';
import styles from './poll.module.css';

/** Somebody's vote of another page, or the end of the poll, has come first. */
const WRONG = { 'base ERR_INVALID': 'poll.ended', 'base ERR_TAKEN': 'poll.voted' } as const;

/** A poll: its choices while one may vote, else what came of it. */
export function PostPoll({ statusId, poll }: { readonly statusId: string; readonly poll: Poll }) {
  const open = !poll.expired && poll.voted === false && boot.account !== null;
  return (
    <div className={styles.poll}>
      {open ? <Choices statusId={statusId} poll={poll} /> : <Results poll={poll} />}
      <p className={styles.note}>
        {t('poll.votes', { n: poll.votes_count })}
        {' · '}
        {poll.expired || poll.expires_at === null
          ? t('poll.closed')
          : t('poll.closes', { time: relativeTime(poll.expires_at) })}
      </p>
    </div>
  );
}

function Choices({ statusId, poll }: { readonly statusId: string; readonly poll: Poll }) {
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [busy, setBusy] = useState(false);
  const vote = async () => {
    setBusy(true);
    try {
      const result = await answered(
        api.POST('/api/v1/polls/{id}/votes', { params: { path: { id: poll.id } }, body: { choices: [...chosen] } }),
      );
      changeStatus(statusId, (status) => ({ ...status, poll: result }));
    } catch (error) {
      toast(failureWords(error, WRONG));
      setBusy(false);
    }
  };
  const toggle = (index: number, on: boolean) => {
    if (!poll.multiple) setChosen([index]);
    else setChosen(on ? [...chosen, index] : chosen.filter((one) => one !== index));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void vote();
      }}
    >
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{t('poll.choose')}</legend>
        {poll.options.map(({ title }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: options have no other name, and never move
          <label key={index} className={styles.choice}>
            <input
              type={poll.multiple ? 'checkbox' : 'radio'}
              name={`poll-${poll.id}`}
              checked={chosen.includes(index)}
              onChange={(event) => toggle(index, event.target.checked)}
            />
            <bdi>{title}</bdi>
          </label>
        ))}
      </fieldset>
      <Button type="submit" small busy={busy} disabled={chosen.length === 0}>
        {t('poll.vote')}
      </Button>
    </form>
  );
}

function Results({ poll }: { readonly poll: Poll }) {
  const total = Math.max(1, poll.multiple ? poll.voters_count : poll.votes_count);
  return (
    <ul className={styles.choices}>
      {poll.options.map(({ title, votes_count }, index) => {
        const share = Math.round(((votes_count ?? 0) / total) * 100);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: options have no other name, and never move
          <li key={index} className={styles.result}>
            <span className={styles.bar} style={{ width: `${share}%` }} />
            <bdi className={styles.option}>{title}</bdi>
            {poll.own_votes?.includes(index) && <span className={styles.own}>✓ {t('poll.chosen')}</span>}
            <span>{share} %</span>
          </li>
        );
      })}
    </ul>
  );
}
