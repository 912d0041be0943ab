/** A form as a served page shows it. */
export interface Form {
  readonly method: string;
  /** As the page writes it: may be relative, and is empty for the page's own address. */
  readonly action: string;
  /** The fields with the values that they come with: what a browser sends if nobody types. */
  readonly fields: ReadonlyMap<string, string>;
  /** Buttons that send a value of their own, and those that send none. */
  readonly buttons: readonly { readonly name: string | undefined; readonly value: string; readonly text: string }[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return String.fromCodePoint(code);
  });
}

/** The attributes of a start tag. One without a value is there and empty. */
export function attributesOf(tag: string): ReadonlyMap<string, string> {
  const pattern = /([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  const inside = tag.replace(/^<[a-zA-Z]+/, '');
  return new Map(
    [...inside.matchAll(pattern)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decode(double ?? single ?? bare ?? ''),
    ]),
  );
}

/** Every form of a page, read as a browser would read such well-formed pages. */
export function formsOf(page: string): Form[] {
  return [...page.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/gi)].map(([, start = '', inside = '']) => {
    const form = attributesOf(start);
    const fields = new Map<string, string>();
    for (const [tag] of inside.matchAll(/<input\b[^>]*>/gi)) {
      const input = attributesOf(tag);
      const name = input.get('name');
      const isChoice = input.get('type') === 'checkbox' || input.get('type') === 'radio';
      if (name !== undefined && (!isChoice || input.has('checked'))) fields.set(name, input.get('value') ?? '');
    }
    for (const [, tag = '', text = ''] of inside.matchAll(/(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/gi)) {
      const name = attributesOf(tag).get('name');
      if (name !== undefined) fields.set(name, decode(text.replace(/^\n/, '')));
    }
    const buttons = [...inside.matchAll(/(<button\b[^>]*>)([\s\S]*?)<\/button>/gi)].map(([, tag = '', text = '']) => {
      const button = attributesOf(tag);
      return { name: button.get('name'), value: button.get('value') ?? '', text: decode(text).trim() };
    });
    return { method: (form.get('method') ?? 'get').toUpperCase(), action: form.get('action') ?? '', fields, buttons };
  });
}

/** The value of the first input of this class. */
export function inputOfClass(page: string, name: string): string | undefined {
  for (const [tag] of page.matchAll(/<input\b[^>]*>/gi)) {
    const input = attributesOf(tag);
    if ((input.get('class') ?? '').split(/\s+/).includes(name)) return input.get('value');
  }
  return undefined;
}
