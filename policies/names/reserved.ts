/** Names that would let somebody pass for the house or those who run it, or that are addresses of it. Without underscores, which hide nothing from a reader. */
const RESERVED: ReadonlySet<string> = new Set(
  `abuse about account accounts admin administrator administrators all api app apps auth authorize billing bot contact everyone explore help helpdesk
  here home hostmaster info instance instanceactor inbox login logout mail me media mod moderation moderator moderators mods news nobody noreply
  notifications null oauth official operator outbox owner owners plaza policy postmaster privacy public register root search security settings signin
  signout signup staff status statuses streaming support sysadmin system tags team terms undefined user users web webmaster wellknown www`.split(
    /\s+/,
  ),
);

/** Whether a username is kept back from people who sign up or change theirs. `Ad_min_` reads as `admin`, so it is. */
export function isReservedUsername(username: string): boolean {
  return RESERVED.has(username.toLowerCase().replaceAll('_', ''));
}
