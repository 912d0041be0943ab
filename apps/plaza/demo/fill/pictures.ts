import { idAt } from '#platform/ids/ids.ts';
import { Chance } from '../chance.ts';
import { type Format, render } from '../drawing/render.ts';
import { SCENES } from '../drawing/scenes.ts';
import type { PlannedPicture } from '../plan/posts.ts';
import type { Stage } from './stage.ts';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1024, height: 683 },
  { width: 768, height: 960 },
  { width: 900, height: 900 },
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
  await stage.objects.put(uploadKey, await render(svg, format), { contentType: `image/${format}` });
  const media = await stage.post.createMedia({ uploadKey, description, focus: { x: 0, y: 0 } }, stage.as(ownerId));
  return media.id;
}
