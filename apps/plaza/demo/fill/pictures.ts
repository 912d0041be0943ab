import { idAt } from '#platform/ids/ids.ts';
import { Chance } from '../chance.ts';
import { type Format, render } from '../drawing/render.ts';
import { SCENES } from '../drawing/scenes.ts';
import type { PlannedPicture } from '../plan/posts.ts';
import { comingAgain } from './coming-again.ts';
import type { Stage } from './stage.ts';

const SIZES = [
  { width: 900, height: 675 },
  { width: 900, height: 600 },
  { width: 680, height: 850 },
  { width: 780, height: 780 },
];
const FORMATS: readonly Format[] = ['jpeg', 'jpeg', 'webp'];

/** Draws a picture and hands it in as an upload, with its description. Answers the id of the media. */
export async function uploadPicture(
  stage: Stage,
  ownerId: string,
  picture: PlannedPicture,
  number: number,
): Promise<string> {
  const chance = new Chance(picture.seed);
  const { svg, description } = SCENES[picture.scene](chance, chance.pick(SIZES));
  const format = chance.pick(FORMATS);
  const uploadKey = `uploads/${BigInt(idAt(stage.clock.now())) + BigInt(number)}`;
  const file = await render(svg, format);
  const media = await comingAgain.execute(async () => {
    await stage.objects.put(uploadKey, file, { contentType: `image/${format}` });
    return stage.post.createMedia({ uploadKey, description, focus: { x: 0, y: 0 } }, stage.as(ownerId));
  });
  return media.id;
}
