import { encodeAs, encodeSmall, type Made } from './encode.ts';
import type { PictureCaps, RenderedVariant, Variant } from './jobs.ts';
import { type OpenPicture, openPicture } from './open-picture.ts';
import { RefusedInput } from './refused-input.ts';
import type { SupportedType } from './supported-types.ts';

/** Makes a picture anew in each of the sizes. A still picture asked for twice in one size is made once: the results are the same bytes. */
export async function renderVariants(
  input: Buffer,
  type: SupportedType,
  variants: readonly Variant[],
  caps: PictureCaps,
): Promise<RenderedVariant[]> {
  const source = await openPicture(input, type, caps);
  const made = new Map<string, Made>();
  const rendered: RenderedVariant[] = [];
  for (const variant of variants) {
    const { name, width, height, fit } = variant;
    const still = variant.still || !source.animated;
    const like = `${width} ${height} ${fit} ${still}`;
    const file = made.get(like) ?? (await render(source, variant, still));
    if (file.bytes.length > caps.outputBytes) throw new RefusedInput({ reason: 'too_large' });
    made.set(like, file);
    rendered.push({
      name,
      contentType: file.contentType,
      bytes: file.bytes,
      width: file.width,
      height: file.height,
    });
  }
  return rendered;
}

function render(source: OpenPicture, { width, height, fit }: Variant, still: boolean): Promise<Made> {
  const pipeline = source.open(still).resize({ width, height, fit, withoutEnlargement: fit === 'inside' });
  return still ? encodeSmall(pipeline, source.hasAlpha) : encodeAs(source, pipeline);
}
