/** How a screen is looked at: each flow is walked in all of these. */
export const VIEWS = [
  {
    name: 'a phone, dark',
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, reducedMotion: 'reduce' },
  },
  {
    name: 'a desk, light',
    options: { viewport: { width: 1280, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' },
  },
] as const;
