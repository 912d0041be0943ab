import { attributes, type Html, html } from './html.ts';

/** What was wrong with each field, by its name. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'textarea';
  /** Shown again after a refusal. Never a password. */
  readonly value?: string;
  readonly autocomplete?: string;
  readonly inputmode?: string;
  readonly maxlength?: number;
  readonly hint?: string;
  /** What stands behind the field: the domain of a handle. */
  readonly suffix?: string;
  readonly optional?: boolean;
  readonly readonly?: boolean;
  readonly autofocus?: boolean;
  readonly errors?: FieldErrors;
}

/** A labelled field with its hint and its errors, tied together for screen readers. The first field that was refused has the focus. */
export function field(options: FieldOptions): Html {
  const { name, label, type = 'text', hint, suffix, errors = {} } = options;
  const wrong = errors[name] ?? [];
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, wrong.length > 0 && `${id}-error`].filter(Boolean).join(' ');
  const shared = attributes({
    id,
    name,
    autocomplete: options.autocomplete ?? 'off',
    maxlength: options.maxlength,
    inputmode: options.inputmode,
    required: options.optional !== true,
    readonly: options.readonly,
    autofocus: isFirstWrong(name, errors) || (options.autofocus === true && Object.keys(errors).length === 0),
    autocapitalize: type === 'textarea' ? undefined : 'none',
    spellcheck: type === 'textarea' ? undefined : 'false',
    'aria-invalid': wrong.length > 0 ? 'true' : undefined,
    'aria-describedby': described === '' ? undefined : described,
  });
  const control =
    type === 'textarea'
      ? html`<textarea${shared} rows="4">
${options.value ?? ''}</textarea>`
      : html`<input type="${type}"${shared}${attributes({ value: type === 'password' ? undefined : options.value })}>`;
  return html`<div class="field">
<label for="${id}">${label}${options.optional === true && html` <span class="quiet">(optional)</span>`}</label>
${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
${suffix === undefined ? control : html`<div class="joined">${control}<span class="suffix">${suffix}</span></div>`}
${wrong.length > 0 && html`<p class="error" id="${id}-error">${wrong.join(' ')}</p>`}
</div>`;
}

export interface CheckboxOptions {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
  readonly errors?: FieldErrors;
}

export function checkbox({ name, label, checked, errors = {} }: CheckboxOptions): Html {
  const wrong = errors[name] ?? [];
  const id = `field-${name}`;
  return html`<div class="field">
<label class="choice"><input type="checkbox"${attributes({
    id,
    name,
    value: '1',
    checked,
    required: true,
    autofocus: isFirstWrong(name, errors),
    'aria-invalid': wrong.length > 0 ? 'true' : undefined,
    'aria-describedby': wrong.length > 0 ? `${id}-error` : undefined,
  })}><span>${label}</span></label>
${wrong.length > 0 && html`<p class="error" id="${id}-error">${wrong.join(' ')}</p>`}
</div>`;
}

/** Tells password managers whose password a form is about. */
export function knownLogin(login: string): Html {
  return html`<input type="text" name="login" value="${login}" autocomplete="username" readonly hidden>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

function isFirstWrong(name: string, errors: FieldErrors): boolean {
  return Object.keys(errors)[0] === name;
}
