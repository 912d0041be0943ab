import type { GatewayConfig } from '../../config.ts';
import type { PageRequest } from '../frame/page.ts';
import { checkbox, type FieldErrors, field } from '../markup/fields.ts';
import { type Html, html } from '../markup/html.ts';

type Config = Pick<GatewayConfig, 'signUp' | 'instance'>;

/** The fields by which a form says how somebody may join here. */
export const MODE_FIELDS = ['invite_code', 'reason', 'agreement'] as const;

/** What the mode of signing up asks for: an invitation, or why somebody wants to join; and the rules, where there are any. */
export function modeFields(request: PageRequest, { signUp, instance }: Config, errors: FieldErrors): Html {
  const { form, query } = request;
  const code = form.text('invite_code', 100) || query.text('invite', 100);
  return html`${
    signUp === 'invitation' &&
    field({ name: 'invite_code', label: 'Invitation code', value: code, maxlength: 100, errors })
  }${
    signUp === 'approval' &&
    field({
      name: 'reason',
      label: 'Why do you want to join?',
      hint: 'Whoever runs this place reads it before you can come in.',
      type: 'textarea',
      value: form.text('reason', 4_000),
      maxlength: 2_000,
      optional: true,
      errors,
    })
  }${
    signUp === 'approval' &&
    field({
      name: 'invite_code',
      label: 'Invitation code',
      hint: 'With an invitation you can come in at once.',
      value: code,
      maxlength: 100,
      optional: true,
      errors,
    })
  }${
    instance.rules.length > 0 &&
    html`<h2>Rules</h2>
<ol class="rules">${instance.rules.map((rule) => html`<li>${rule}</li>`)}</ol>
${checkbox({ name: 'agreement', label: 'I will keep to these rules', checked: form.text('agreement', 10) === '1', errors })}`
  }`;
}

/** The same fields as the services want them. Where there are no rules there is nothing to agree to. */
export function modeInput({ form }: PageRequest, { signUp, instance }: Config) {
  return {
    agreement: instance.rules.length === 0 || form.text('agreement', 10) === '1',
    reason: signUp === 'approval' ? form.text('reason', 4_000).slice(0, 2_000) : '',
    inviteCode: signUp === 'open' ? '' : form.text('invite_code', 100).trim(),
  };
}
