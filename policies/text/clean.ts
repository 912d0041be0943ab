/** C0 and C1 controls but tab and line feed: no letter of any language, and what terminals and logs obey. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;

const END_OF_EMBEDDING = '\u202c';
const END_OF_ISOLATE = '\u2069';
/** They show letters in another order than they are written, whatever the letters are: `exe.gpj` for `jpg.exe`. No language needs them. */
const OVERRIDES = new Set(['\u202d', '\u202e']);
const EMBEDDINGS = new Set(['\u202a', '\u202b']);
const ISOLATES = new Set(['\u2066', '\u2067', '\u2068']);

/**
 * Text of people as it is kept and shown among text of others: one kind of line end, no control characters, no lone surrogates, no space around, and nothing that
 * turns the direction of what stands after it. Text written from right to left stays as it is, with its marks and with isolates and embeddings that it closes.
 */
export function cleanText(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed();
  // A line ends what it began, in the rules of Unicode as here.
  const settled = DIRECTION.test(plain) ? plain.split('\n').map(closedDirections).join('\n') : plain;
  return settled.trim();
}

/** The same on one line: names, labels, options. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/[\s\u2028\u2029]+/g, ' '));
}

/** One line without overrides, and without beginnings and ends that have no counterpart. Time is linear in the line. */
function closedDirections(line: string): string {
  const units = line.split('');
  const begun: { readonly at: number; readonly isolate: boolean }[] = [];
  let isolates = 0;
  const drop = (at: number) => {
    units[at] = '';
  };
  for (const [at, unit] of units.entries()) {
    if (OVERRIDES.has(unit)) drop(at);
    else if (EMBEDDINGS.has(unit)) begun.push({ at, isolate: false });
    else if (ISOLATES.has(unit)) {
      begun.push({ at, isolate: true });
      isolates += 1;
    } else if (unit === END_OF_EMBEDDING) {
      if (begun.at(-1)?.isolate === false) begun.pop();
      else drop(at);
    } else if (unit === END_OF_ISOLATE) {
      if (isolates === 0) {
        drop(at);
        continue;
      }
      // The end of an isolate ends the embeddings that were begun within it, too.
      let last = begun.pop()!;
      for (; !last.isolate; last = begun.pop()!) drop(last.at);
      isolates -= 1;
    }
  }
  for (const { at } of begun) drop(at);
  return units.join('');
}
