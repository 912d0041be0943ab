/** How somebody likes the client to be, on this device. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly textSize: 'small' | 'medium' | 'large' | 'huge';
  readonly motion: 'system' | 'reduced';
  /** `system`: the first language of the browser that there is a catalogue for. */
  readonly language: 'system' | 'en' | 'de';
  /** Whether single keys do something. */
  readonly shortcuts: boolean;
}

/** What each can be; the first is what it is until somebody chooses. */
export const CHOICES: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  theme: ['system', 'light', 'dark'],
  textSize: ['medium', 'small', 'large', 'huge'],
  motion: ['system', 'reduced'],
  language: ['system', 'en', 'de'],
  shortcuts: [true, false],
};

/** Preferences from the text that they were kept as. What is missing, or means nothing, is as if nobody had chosen. */
export function parsePreferences(text: string): Preferences {
  const kept = read(text);
  const pick = <K extends keyof Preferences>(name: K): Preferences[K] =>
    CHOICES[name].find((choice) => choice === kept[name]) ?? CHOICES[name][0]!;
  return {
    theme: pick('theme'),
    textSize: pick('textSize'),
    motion: pick('motion'),
    language: pick('language'),
    shortcuts: pick('shortcuts'),
  };
}

function read(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
