import { detect } from './detect.ts';
import type { Answer, Job } from './jobs.ts';
import { preparePicture } from './prepare-picture.ts';
import { RefusedInput } from './refused-input.ts';
import { renderVariants } from './render-variants.ts';

export interface Done {
  readonly answer: Answer;
  readonly bodies: readonly Buffer[];
}

/** Does one job. Whatever fails is the input's fault: there is nothing else in this process. */
export async function doJob(job: Job, input: Buffer): Promise<Done> {
  try {
    return await dispatch(job, input);
  } catch (error) {
    const refusal = error instanceof RefusedInput ? error.refusal : ({ reason: 'damaged' } as const);
    return { answer: { kind: 'refused', refusal }, bodies: [] };
  }
}

async function dispatch(job: Job, input: Buffer): Promise<Done> {
  const type = await detect(input);
  if (job.kind === 'render') {
    if (type.kind !== 'picture') throw new RefusedInput({ reason: 'unsupported', found: type.contentType });
    const rendered = await renderVariants(input, type, job.variants, job.caps);
    return {
      answer: { kind: 'rendered', variants: rendered.map(({ bytes: _, ...variant }) => variant) },
      bodies: rendered.map(({ bytes }) => bytes),
    };
  }
  const { kind, contentType, extension } = type;
  if (kind !== 'picture') return { answer: { kind, contentType, extension }, bodies: [] };
  if (!job.whole) throw new RefusedInput({ reason: 'too_large' });
  return preparePicture(input, type, job.caps);
}
