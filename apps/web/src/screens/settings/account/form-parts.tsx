import type { ComponentProps, ReactNode } from 'react';
import { me } from '../../../app/boot.ts';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import form from '../../../ui/form.module.css';
import type { Sending } from '../use-sending.ts';

interface AccountFormProps {
  readonly sending: Sending;
  readonly children: ReactNode;
  readonly verb: string;
  readonly danger?: boolean;
}

/** A form about the account: its fields, what went wrong, and the button that sends it. */
export function AccountForm({ sending: { busy, failure, submit }, children, verb, danger = false }: AccountFormProps) {
  return (
    <form className={form.form} onSubmit={submit} noValidate>
      {/* For password managers, which file by it. */}
      <input hidden readOnly name="known" autoComplete="username" value={me().username} />
      {children}
      {failure && (
        <p className={form.wrong} role="alert">
          {failure}
        </p>
      )}
      <div className={form.actions}>
        <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={busy}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'name'> {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly sending: Sending;
}

export function TextField({ name, label, hint, sending, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={sending.wrong[name]}>
      {(control) => (
        <input maxLength={320} autoCapitalize="none" spellCheck={false} {...input} {...control} name={name} />
      )}
    </Field>
  );
}

interface ProofProps {
  readonly sending: Sending;
  /** Whether the second factor is on. */
  readonly code?: boolean;
}

/** Asks who acts to show once more who they are. */
export function ProofFields({ sending, code = false }: ProofProps) {
  return (
    <>
      <TextField
        name="password"
        label={t('account.password')}
        type="password"
        autoComplete="current-password"
        sending={sending}
      />
      {code && <CodeField sending={sending} hint={t('secondFactor.code.anyHint')} />}
    </>
  );
}

export function CodeField({ sending, hint }: { readonly sending: Sending; readonly hint: string }) {
  return (
    <TextField name="code" label={t('secondFactor.code')} hint={hint} autoComplete="one-time-code" sending={sending} />
  );
}
