import { may } from '#policies/permissions/permissions.ts';

/** Mastodon's bits for what its clients show a moderation desk for: 1 administrator, 16 reports, 1024 users. */
const ADMINISTRATOR = 1;
const MANAGE_REPORTS = 1 << 4;
const MANAGE_USERS = 1 << 10;

/** The `Role` of the person who asks. */
export function roleJson(role: string, permissions: readonly string[]) {
  let bits = 0;
  if (may(permissions, 'settings.manage')) bits |= ADMINISTRATOR;
  if (may(permissions, 'reports.manage')) bits |= MANAGE_REPORTS;
  if (may(permissions, 'accounts.suspend')) bits |= MANAGE_USERS;
  return {
    id: role,
    name: role === 'user' ? '' : role,
    color: '',
    permissions: String(bits),
    highlighted: role !== 'user',
  };
}
