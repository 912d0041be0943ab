import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { LIMITS } from '#policies/limits/limits.ts';
import { boot } from '../app/boot.ts';
import { exactTime } from '../i18n/times.ts';
import { t } from '../i18n/translate.ts';
import { failureWords } from '../ui/failure-notice.tsx';
import { refusalWords } from '../ui/refusal-words.ts';
import { toast } from '../ui/toasts.tsx';
import { dropDraft } from './current-drafts.ts';
import type { Draft } from './draft.ts';
import { closeAsked } from './open.ts';
import { type Problems, problemsOf } from './problems.ts';
import { POST_REFUSALS } from './refusals.ts';
import { saveDraft } from './saved-drafts.ts';
import { schedulePost, sendEdit } from './send.ts';
import { postSoon } from './sender.ts';

/** What is wrong, in words, at its field; `general` where there is none. */
export type Faults = Partial<Readonly<Record<keyof Problems | 'general', string>>>;

/** Sends a draft, or says at its fields why not. Whatever fails, the draft stays as it is. */
export function usePosting(draft: Draft, failure: unknown) {
  const [faults, setFaults] = useState(() => (failure === undefined ? {} : faultsOf(failure)));
  const [busy, setBusy] = useState(false);

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setFaults({});
    try {
      await work();
      dropDraft(draft.slot);
      closeAsked();
    } catch (error) {
      setFaults(faultsOf(error));
      setBusy(false);
    }
  };
  const post = () => {
    if (busy) return;
    const problems = wordsOf(problemsOf(draft, POST_LIMITS, Date.now()));
    if (Object.keys(problems).length > 0) setFaults(problems);
    else void run(() => send(draft));
  };
  const save = () =>
    run(async () => {
      await saveDraft(draft);
      toast(t('composer.saved'), { label: t('composer.showDrafts'), run: () => navigate('/drafts') });
    });
  return { faults, busy, post, save };
}

const POST_LIMITS = {
  characters: boot.instance.max_characters,
  optionCharacters: boot.instance.poll.max_characters_per_option,
  aheadMs: LIMITS.scheduleAheadMs,
};

async function send(draft: Draft): Promise<void> {
  if (draft.editId !== null) {
    await sendEdit(draft.editId, draft);
    toast(t('composer.edited'));
  } else if (draft.scheduledAt !== '') {
    const { scheduled_at } = await schedulePost(draft);
    const show = { label: t('composer.showScheduled'), run: () => navigate('/scheduled') };
    toast(t('composer.scheduled', { time: exactTime(scheduled_at) }), show);
  } else await postSoon(draft);
}

function wordsOf(problems: Problems): Faults {
  return Object.fromEntries(Object.entries(problems).map(([field, key]) => [field, t(key)]));
}

const FIELDS: Readonly<Record<string, keyof Faults>> = {
  text: 'text',
  status: 'text',
  media_ids: 'media',
  'poll.options': 'poll',
  'poll.expires_in': 'poll',
  scheduled_at: 'scheduledAt',
};

function faultsOf(error: unknown): Faults {
  const named = Object.entries(refusalWords(error, POST_REFUSALS));
  if (named.length === 0) return { general: failureWords(error) };
  return Object.fromEntries(named.map(([field, words]) => [FIELDS[field] ?? 'general', words]));
}
