import type { Loaded } from './context.ts';

/** Timelines that a server has answered so far, by where they came from. */
export interface AnswersFrom {
  readonly memory: number;
  readonly services: number;
}

export async function answersFrom({ metrics }: Loaded): Promise<AnswersFrom> {
  const text = metrics === undefined ? '' : await (await fetch(metrics)).text();
  const count = (from: string) =>
    Number(
      new RegExp(`^plaza_gateway_remembered_answers_total\\{from="${from}"\\} ([0-9]+)`, 'm').exec(text)?.[1] ?? 0,
    );
  return { memory: count('memory'), services: count('services') };
}

/** How many of the answers between two counts came from memory. */
export function sharePercent(before: AnswersFrom, after: AnswersFrom): string {
  const memory = after.memory - before.memory;
  const all = memory + after.services - before.services;
  return all === 0 ? 'none' : `${((100 * memory) / all).toFixed(1)} %`;
}
