import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { me } from '../../app/boot.ts';
import { dropDraft, useKeptDrafts } from '../../composer/current-drafts.ts';
import { openComposer } from '../../composer/open.ts';
import type { OutboxEntry } from '../../composer/outbox-store.ts';
import { draftOfSaved, removeSavedDraft, SAVED_DRAFTS_KEY, savedDrafts } from '../../composer/saved-drafts.ts';
import { dropWaiting, onOutboxChange, takeBack, waitingPosts } from '../../composer/sender.ts';
import { t } from '../../i18n/translate.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice, failureWords } from '../../ui/failure-notice.tsx';
import { LoadingMore } from '../../ui/loading.tsx';
import { Screen } from '../../ui/screen.tsx';
import { toast } from '../../ui/toasts.tsx';
import { DraftRow, DraftSection } from './draft-row.tsx';

/** All that is written and not posted: what waits for the network, what lies on this device, and what the server keeps. */
export default function Drafts() {
  const waiting = useWaiting();
  const kept = useKeptDrafts(me().id);
  const saved = useQuery({ queryKey: SAVED_DRAFTS_KEY, queryFn: savedDrafts });
  const nothing = waiting.length === 0 && kept.length === 0 && saved.data?.length === 0;
  return (
    <Screen
      title={t('drafts.title')}
      back
      actions={
        <Link href="/scheduled" className={buttonClass('quiet', true)}>
          {t('nav.scheduled')}
        </Link>
      }
    >
      <DraftSection title={t('drafts.waiting')}>
        {waiting.map((entry) => (
          <DraftRow
            key={entry.key}
            draft={entry.draft}
            verb={t('drafts.takeBack')}
            onOpen={() => void takeBack(entry)}
            onDelete={() => void dropWaiting(entry)}
          />
        ))}
      </DraftSection>
      <DraftSection title={t('drafts.device')}>
        {kept.map(({ draft, atMs }) => (
          <DraftRow
            key={draft.slot}
            draft={draft}
            atMs={atMs}
            onOpen={() => openComposer({ draft })}
            onDelete={() => dropDraft(draft.slot)}
          />
        ))}
      </DraftSection>
      <DraftSection title={t('drafts.saved')}>
        {saved.data?.map((one) => (
          <DraftRow
            key={one.id}
            draft={draftOfSaved(one)}
            atMs={Date.parse(one.updated_at)}
            onOpen={() => openComposer({ draft: draftOfSaved(one) })}
            onDelete={() => void remove(one.id)}
          />
        ))}
      </DraftSection>
      {saved.isPending && <LoadingMore />}
      {saved.isError && <FailureNotice error={saved.error} onRetry={() => void saved.refetch()} />}
      {nothing && (
        <Empty>
          <p>{t('drafts.empty')}</p>
          <Button kind="primary" onClick={() => openComposer()}>
            {t('drafts.write')}
          </Button>
        </Empty>
      )}
    </Screen>
  );
}

function useWaiting(): readonly OutboxEntry[] {
  const [waiting, setWaiting] = useState<readonly OutboxEntry[]>([]);
  useEffect(() => {
    const look = () => void waitingPosts().then(setWaiting);
    look();
    return onOutboxChange(look);
  }, []);
  return waiting;
}

async function remove(id: string): Promise<void> {
  try {
    await removeSavedDraft(id);
    toast(t('drafts.removed'));
  } catch (error) {
    toast(failureWords(error));
  }
}
