import { PlazaError } from '#platform/errors/errors.ts';
import type { FieldErrors } from '../markup/fields.ts';
import type { Notice } from '../markup/layout.ts';

/** A refusal as a form shows it. */
export interface Refusal {
  readonly status: number;
  readonly errors: FieldErrors;
  readonly notice: Notice | null;
}

const WORDS: Partial<Record<PlazaError['code'], string>> = {
  rate_limited: 'That was too often. Wait some minutes, then try again.',
  unavailable: 'This does not work just now. Try again in a moment.',
  timeout: 'This took too long. Try again in a moment.',
};

/**
 * Turns what a service refused into errors beside the fields of a form, in the order of `fields`, and a notice for all that belongs to none of
 * them. A fault of ours is no refusal: it is raised again.
 */
export function refusalOf(error: unknown, fields: readonly string[]): Refusal {
  if (!(error instanceof PlazaError) || error.code === 'internal') throw error;
  const details = error.details ?? {};
  const errors: Record<string, string[]> = {};
  for (const name of fields) {
    const wrong = details[name];
    if (wrong !== undefined) errors[name] = wrong.map(({ description }) => sentence(description));
  }
  const elsewhere = Object.keys(details)
    .filter((name) => !fields.includes(name))
    .flatMap((name) => details[name]!.map(({ description }) => sentence(description)));
  const text =
    WORDS[error.code] ??
    (elsewhere.length > 0 ? elsewhere.join(' ') : Object.keys(errors).length > 0 ? null : sentence(error.message));
  return { status: error.status, errors, notice: text === null ? null : { kind: 'bad', text } };
}

/** A refusal of one field, in words of the page. */
export function wrongField(name: string, text: string, status = 422): Refusal {
  return { status, errors: { [name]: [text] }, notice: null };
}

export function codeOf(error: unknown): PlazaError['code'] | undefined {
  return error instanceof PlazaError ? error.code : undefined;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
