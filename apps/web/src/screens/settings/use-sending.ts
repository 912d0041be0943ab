import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiFailure } from '../../api/failure.ts';
import { failureWords } from '../../ui/failure-notice.tsx';
import type { RefusalKeys } from '../../ui/refusal-keys.ts';
import { fieldWords } from './field-words.ts';

export interface Sending {
  readonly busy: boolean;
  /** What is wrong with a field, by its name. */
  readonly wrong: Readonly<Record<string, string>>;
  /** What went wrong that belongs to no field. */
  readonly failure: string | undefined;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
}

/**
 * Sends a form. What is refused stands at its field, and the first such field gets the focus; what was typed stays.
 * @param fields names of the fields that the form has
 * @param own what codes of the server mean in this form alone
 */
export function useSending(
  fields: readonly string[],
  send: (form: FormData) => Promise<unknown>,
  own?: RefusalKeys,
): Sending {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useRef<HTMLFormElement>(null);
  const wrong = error === undefined ? {} : fieldWords(error, fields, own);
  const isAtFields = Object.keys(wrong).length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal leads to its field
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    form.current = event.currentTarget;
    setBusy(true);
    setError(undefined);
    try {
      await send(new FormData(event.currentTarget));
    } catch (thrown) {
      setError(thrown ?? new ApiFailure(0, {}));
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    wrong,
    failure: error !== undefined && !isAtFields ? failureWords(error) : undefined,
    submit: (event) => void submit(event),
  };
}

/** A field of a form as text. */
export function textOf(form: FormData, name: string): string {
  return String(form.get(name) ?? '');
}
