import type { CredentialAccount } from '../../../api/types.ts';

/** As many fields as a profile may have, and how long its texts may be: the same as the server's limits. */
export const MOST_FIELDS = 4;
export const MOST_NAME = 30;
export const MOST_BIO = 500;
export const MOST_FIELD = 255;
export const MOST_DESCRIPTION = 1_500;

export interface FieldDraft {
  readonly name: string;
  readonly value: string;
}

/** A picture that was cut out of another, `none` to have no picture any more; undefined where it stays as it is. */
export type PictureDraft = Blob | 'none' | undefined;

export interface ProfileDraft {
  readonly displayName: string;
  readonly bio: string;
  readonly bot: boolean;
  readonly fields: readonly FieldDraft[];
  readonly avatar: PictureDraft;
  readonly header: PictureDraft;
  readonly avatarDescription: string;
  readonly headerDescription: string;
}

export function draftOf(account: CredentialAccount): ProfileDraft {
  const { fields, note } = account.source;
  return {
    displayName: account.display_name,
    bio: note,
    bot: account.bot,
    fields: Array.from({ length: MOST_FIELDS }, (_, index) => ({
      name: fields[index]?.name ?? '',
      value: fields[index]?.value ?? '',
    })),
    avatar: undefined,
    header: undefined,
    avatarDescription: account.avatar_description,
    headerDescription: account.header_description,
  };
}

/** What somebody has changed. Only that is kept while it is not saved, so that what changes elsewhere meanwhile is not set back. */
export function changesOf(draft: ProfileDraft, account: CredentialAccount): Partial<ProfileDraft> {
  const before = draftOf(account);
  const parts = Object.entries(draft) as [keyof ProfileDraft, ProfileDraft[keyof ProfileDraft]][];
  return Object.fromEntries(
    parts.filter(([part, value]) => value instanceof Blob || JSON.stringify(value) !== JSON.stringify(before[part])),
  );
}

/** Whether there is anything to save. */
export function differs(draft: ProfileDraft, account: CredentialAccount): boolean {
  return Object.keys(changesOf(draft, account)).length > 0;
}

/** The form that the server reads. All fields of a profile are sent: one that is empty is removed. */
export function formOf(draft: ProfileDraft): FormData {
  const form = new FormData();
  form.set('display_name', draft.displayName);
  form.set('note', draft.bio);
  form.set('bot', String(draft.bot));
  draft.fields.forEach(({ name, value }, index) => {
    form.set(`fields_attributes[${index}][name]`, name);
    form.set(`fields_attributes[${index}][value]`, value);
  });
  for (const kind of ['avatar', 'header'] as const) {
    const picture = draft[kind];
    if (picture === 'none') form.set(kind, '');
    else if (picture !== undefined) form.set(kind, picture, kind);
    if (picture !== 'none') form.set(`${kind}_description`, draft[`${kind}Description`]);
  }
  return form;
}
