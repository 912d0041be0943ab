const TAG = /^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|[0-9]{3}))?$/;

/** The language that a browser prefers, or `en` when it says nothing that can be read. */
export function preferredLocale(header: string | undefined): string {
  const first = (header ?? '').split(',', 1)[0]!.split(';', 1)[0]!.trim();
  return TAG.test(first) ? first : 'en';
}
