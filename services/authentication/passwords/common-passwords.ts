/** Tells whether a password stands on the lists that attackers try first. */
export type CommonPasswords = (password: string) => Promise<boolean>;

/**
 * Some 49,000 passwords that leaked most often, and the words of diceware lists, which alone are no password. Read when the first password is
 * chosen: most processes never need it.
 */
export function createCommonPasswords(): CommonPasswords {
  let lists: Promise<ReadonlySet<string>> | undefined;
  return async (password) => {
    lists ??= import('@zxcvbn-ts/language-common').then(
      ({ dictionary }) => new Set(Object.values(dictionary).flat().map(String)),
    );
    const known = await lists;
    return variants(password).some((variant) => known.has(variant));
  };
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** What guessing programs try besides the word itself: capitals, digits and signs at the ends, look-alikes, the word twice. */
function variants(password: string): string[] {
  const lower = password.normalize('NFKC').toLowerCase();
  const bare = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const half = lower.slice(0, lower.length / 2);
  const doubled = lower.length % 2 === 0 && half + half === lower ? [half] : [];
  const stems = [lower, ...(bare.length >= 4 && lower.length - bare.length <= 4 ? [bare] : []), ...doubled];
  return stems.flatMap((stem) => [stem, stem.replace(/[0134570@$!]/g, (sign) => LOOK_ALIKES[sign] ?? sign)]);
}
