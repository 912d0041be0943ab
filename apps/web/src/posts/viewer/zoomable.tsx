import { useRef } from 'react';
import type { MediaAttachment } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { useGestures } from './use-gestures.ts';
import styles from './viewer.module.css';
import type { Point, Size, Stand, Swipe } from './zoom.ts';

interface ZoomableProps {
  readonly picture: MediaAttachment;
  readonly stand: Stand;
  readonly swiped: Point;
  readonly onStand: (stand: Stand, swiped: Point) => void;
  readonly onSwipe: (swipe: NonNullable<Swipe>) => void;
}

/** A picture that can be enlarged and moved. Until it is there, the small one is shown in its place. */
export function Zoomable({ picture, stand, swiped, onStand, onSwipe }: ZoomableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  useGestures({ frame, picture: image, stand, onStand, onSwipe });
  const { original, small } = picture.meta;
  const size = original ?? small;
  const { scale, x, y } = stand;
  return (
    <div ref={frame} className={styles.frame} data-zoomed={scale > 1 || undefined}>
      <img
        ref={image}
        className={styles.image}
        src={picture.url}
        alt={picture.description || t('post.noAlt')}
        width={size?.width}
        height={size?.height}
        draggable={false}
        style={{
          transform: `translate(${x + swiped.x}px, ${y + swiped.y}px) scale(${scale})`,
          ...(size && fitting(size)),
          ...(picture.preview_url && { backgroundImage: `url(${JSON.stringify(picture.preview_url)})` }),
        }}
      />
    </div>
  );
}

/** As large as the window allows and the picture is, before anything of it is there. */
function fitting({ width, height }: Size) {
  return { aspectRatio: `${width / height}`, width: `min(100cqw, ${(100 * width) / height}cqh, ${width}px)` };
}
