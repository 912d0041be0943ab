import { answered, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { changeStatus } from '../api/statuses.ts';
import { removeFromTimelines } from '../api/timelines.ts';
import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { failureWords } from '../ui/failure-notice.tsx';
import { toast } from '../ui/toasts.tsx';
import { dropDraft, putDraft } from './current-drafts.ts';
import { redraft } from './draft.ts';
import { sourceOf } from './draft-of-intent.ts';
import { closeAsked, openComposer } from './open.ts';

interface DeleteDialogProps {
  readonly status: Status;
  readonly redraft: boolean;
}

/** Asks before a post goes. */
export default function DeleteDialog({ status, redraft: anew }: DeleteDialogProps) {
  const confirm = async () => {
    try {
      if (anew) await deleteAndRedraft(status);
      else await deletePost(status);
    } catch (error) {
      toast(failureWords(error));
    }
  };
  return (
    <ConfirmDialog
      title={t(anew ? 'redraft.title' : 'delete.title')}
      verb={t('common.delete')}
      onConfirm={confirm}
      onClose={closeAsked}
    >
      {t(anew ? 'redraft.lead' : 'delete.lead')}
    </ConfirmDialog>
  );
}

async function deletePost(status: Status): Promise<void> {
  await answered(api.DELETE('/api/v1/statuses/{id}', { params: { path: { id: status.id } } }));
  forget(status);
  toast(t('delete.done'));
}

/** The draft is kept before the post goes, and goes again when the post stays. */
async function deleteAndRedraft(status: Status): Promise<void> {
  const draft = redraft(status, await sourceOf(status.id), Date.now());
  putDraft(draft);
  try {
    await answered(api.DELETE('/api/v1/statuses/{id}', { params: { path: { id: status.id } } }));
  } catch (error) {
    dropDraft(draft.slot);
    throw error;
  }
  forget(status);
  // Once the question is off the screen.
  setTimeout(() => openComposer({ draft }));
}

function forget({ id, in_reply_to_id }: Status): void {
  removeFromTimelines((one) => one === id);
  if (in_reply_to_id !== null) {
    changeStatus(in_reply_to_id, (parent) => ({ ...parent, replies_count: Math.max(0, parent.replies_count - 1) }));
  }
  void queryClient.invalidateQueries({ queryKey: ['context'] });
}
