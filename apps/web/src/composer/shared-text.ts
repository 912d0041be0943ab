/** What another app shares, as one text: its title, its words and its address, each once. */
export function sharedText(query: URLSearchParams): string {
  const parts = ['title', 'text', 'url'].map((name) => query.get(name)?.trim() ?? '');
  return parts
    .filter((part, at) => part !== '' && !parts.some((other, index) => index > at && other.includes(part)))
    .join('\n');
}
