import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { CredentialAccount } from '../../../api/types.ts';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import form from '../../../ui/form.module.css';
import { useObjectUrl } from '../../../ui/use-object-url.ts';
import type { PictureKind } from './crop.ts';
import { MOST_DESCRIPTION, type PictureDraft } from './draft.ts';
import styles from './profile-settings.module.css';

const CropDialog = lazy(() => import('./crop-dialog.tsx'));

interface PictureFieldProps {
  readonly kind: PictureKind;
  readonly account: CredentialAccount;
  readonly picture: PictureDraft;
  readonly description: string;
  readonly error: string | undefined;
  readonly onPicture: (picture: PictureDraft) => void;
  readonly onDescription: (text: string) => void;
}

/** One of the two pictures of a profile: chosen from a file, cut, described, removed. */
export function PictureField({
  kind,
  account,
  picture,
  description,
  error,
  onPicture,
  onDescription,
}: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<File>();
  const chosenUrl = useObjectUrl(chosen);
  const draftUrl = useObjectUrl(picture instanceof Blob ? picture : undefined);
  const errorId = useId();
  const missing = account[kind].includes('/missing-');
  const none = picture === 'none' || (picture === undefined && missing);
  const shown = draftUrl ?? (picture === 'none' ? undefined : account[kind]);
  return (
    <fieldset className={form.field} aria-describedby={error && errorId}>
      <legend className={form.label}>{t(`profileSettings.${kind}`)}</legend>
      {shown === undefined ? (
        <div className={`${styles.picture} ${styles[kind]}`} />
      ) : (
        <img className={`${styles.picture} ${styles[kind]}`} src={shown} alt="" />
      )}
      <div className={form.actions}>
        <Button small onClick={() => input.current?.click()}>
          {t(`profileSettings.choose.${kind}`)}
        </Button>
        {picture !== undefined && (
          <Button small kind="quiet" onClick={() => onPicture(undefined)}>
            {t('profileSettings.keep')}
          </Button>
        )}
        {!none && picture === undefined && (
          <Button small kind="quiet" onClick={() => onPicture('none')}>
            {t(`profileSettings.remove.${kind}`)}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/gif,image/webp"
          data-picture={kind}
          onChange={(event) => {
            setChosen(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {error && (
        <p id={errorId} className={form.wrong} role="alert">
          {error}
        </p>
      )}
      {!none && (
        <Field label={t('profileSettings.description')} hint={t('profileSettings.descriptionHint')}>
          {(control) => (
            <input
              {...control}
              value={description}
              maxLength={MOST_DESCRIPTION}
              onChange={(event) => onDescription(event.target.value)}
            />
          )}
        </Field>
      )}
      {chosenUrl && (
        <Suspense fallback={null}>
          <CropDialog kind={kind} image={chosenUrl} onCrop={onPicture} onClose={() => setChosen(undefined)} />
        </Suspense>
      )}
    </fieldset>
  );
}
