import 'react-easy-crop/react-easy-crop.css';
import { useState } from 'react';
import Cropper, { type Area } from 'react-easy-crop';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import { DialogActions, ModalDialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import form from '../../../ui/form.module.css';
import { cropped, type PictureKind, SIZES } from './crop.ts';
import styles from './profile-settings.module.css';

interface CropDialogProps {
  readonly kind: PictureKind;
  /** Address of the picture to cut from. */
  readonly image: string;
  readonly onCrop: (picture: Blob) => void;
  readonly onClose: () => void;
}

const MOST_ZOOM = 4;

/** Chooses which part of a picture is shown: by pointer, by arrow keys, and with a slider for the size. */
export default function CropDialog({ kind, image, onCrop, onClose }: CropDialogProps) {
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const [area, setArea] = useState<Area>();
  const [state, setState] = useState<'choosing' | 'cutting' | 'failed'>('choosing');
  const { width, height } = SIZES[kind];
  const cut = async () => {
    if (area === undefined) return;
    setState('cutting');
    try {
      onCrop(await cropped(image, area, kind));
      onClose();
    } catch {
      setState('failed');
    }
  };
  return (
    <ModalDialog
      title={t(`profileSettings.crop.${kind}`)}
      description={t('profileSettings.cropHint')}
      onClose={onClose}
    >
      <div className={styles.cropper}>
        <Cropper
          image={image}
          crop={crop}
          zoom={zoom}
          maxZoom={MOST_ZOOM}
          aspect={width / height}
          showGrid={false}
          disableAutomaticStylesInjection
          cropperProps={{ role: 'group', 'aria-label': t('profileSettings.cropArea') }}
          mediaProps={{ alt: '', onError: () => setState('failed') }}
          onCropChange={setCrop}
          onZoomChange={setZoom}
          onCropComplete={(_, pixels) => setArea(pixels)}
        />
      </div>
      <Field label={t('profileSettings.zoom')}>
        {(control) => (
          <input
            {...control}
            type="range"
            className={styles.zoom}
            min={1}
            max={MOST_ZOOM}
            step={0.05}
            value={zoom}
            onChange={(event) => setZoom(Number(event.target.value))}
          />
        )}
      </Field>
      {state === 'failed' && (
        <p className={form.wrong} role="alert">
          {t('profileSettings.notAPicture')}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" busy={state === 'cutting'} disabled={area === undefined} onClick={cut}>
          {t('profileSettings.use')}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
