import { environmentName, notesOf, SETTINGS, type SettingName } from './settings.ts';

/** The page `docs/settings.md`. A test compares the two; `npm run check -- --fix` writes it. */
export function settingsPage(): string {
  const lines = [
    '# Settings',
    '',
    'Each setting is an environment variable, or a name in one JSON file that `PLAZA_CONFIG` names: `PLAZA_TRUSTED_PROXIES=10.0.0.0/8` is',
    '`{"trustedProxies": ["10.0.0.0/8"]}`. The environment wins. A secret may be read from a file: `PLAZA_SMTP_URL_FILE=/run/secrets/smtp`. A value that',
    'is wrong, or a name that is not known, stops the start with one line that says what to do.',
  ];
  for (const [group, names] of Object.entries(
    Object.groupBy(Object.keys(SETTINGS) as SettingName[], (name) => notesOf(name).group),
  )) {
    lines.push('', `## ${group}`, '', '| Variable | In the file | Default | Meaning |', '|---|---|---|---|');
    for (const name of names ?? []) lines.push(row(name));
  }
  return `${lines.join('\n')}\n`;
}

function row(name: SettingName): string {
  const notes = notesOf(name);
  const fallback = notes.defaultText ?? (notes.default === undefined ? 'none' : `\`${shown(notes.default)}\``);
  const meaning = notes.secret ? `${notes.description} A secret.` : notes.description;
  return `| \`${environmentName(name)}\` | \`${name}\` | ${fallback} | ${meaning} |`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
