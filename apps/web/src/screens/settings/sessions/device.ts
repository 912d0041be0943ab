type Names = readonly (readonly [RegExp, string])[];

// The order matters, for browsers name each other.
const BROWSERS: Names = [
  [/\bEdg[A-Za-z]*\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bChromium\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: Names = [
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

export interface Device {
  readonly browser: string | undefined;
  readonly system: string | undefined;
  readonly phone: boolean;
}

/** What a browser says of itself, in names that people know. */
export function deviceOf(userAgent: string): Device {
  const find = (names: Names) => names.find(([pattern]) => pattern.test(userAgent))?.[1];
  return {
    browser: find(BROWSERS),
    system: find(SYSTEMS),
    phone: /\bMobile\b|\biPhone\b|\bAndroid\b/.test(userAgent),
  };
}
