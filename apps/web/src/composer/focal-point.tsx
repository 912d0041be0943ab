import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import type { Focus } from './draft.ts';
import styles from './focal-point.module.css';

interface FocalPointProps {
  readonly url: string;
  readonly focus: Focus;
  readonly onChange: (focus: Focus) => void;
}

/** Which point of a picture stays visible where it is cut: by a click on it, or by two sliders. */
export function FocalPoint({ url, focus, onChange }: FocalPointProps) {
  return (
    <div className={styles.point}>
      <p>{t('composer.focusHint')}</p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the sliders below do the same */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the sliders below do the same */}
      <div
        className={styles.picture}
        data-focal-picture
        onClick={({ clientX, clientY, currentTarget }) => {
          const box = currentTarget.getBoundingClientRect();
          onChange({
            x: rounded(((clientX - box.left) / box.width) * 2 - 1),
            y: rounded(1 - ((clientY - box.top) / box.height) * 2),
          });
        }}
      >
        <img src={url} alt="" />
        <span className={styles.mark} style={{ left: `${50 + focus.x * 50}%`, top: `${50 - focus.y * 50}%` }} />
      </div>
      <Slider value={focus.x} onChange={(x) => onChange({ ...focus, x })}>
        {t('composer.focusAcross')}
      </Slider>
      <Slider value={focus.y} onChange={(y) => onChange({ ...focus, y })}>
        {t('composer.focusUp')}
      </Slider>
    </div>
  );
}

interface SliderProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly children: ReactNode;
}

function Slider({ value, onChange, children }: SliderProps) {
  return (
    <label className={styles.slider}>
      <span>{children}</span>
      <input
        type="range"
        min={-1}
        max={1}
        step={0.05}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  );
}

const rounded = (value: number) => Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100;
