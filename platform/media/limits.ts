/** What decoding may take, each with its reason. */
export interface DecoderLimits {
  /** Processes at once: each may keep a core busy, at low priority; a second one, so that one animation does not hold up everyone's pictures. */
  readonly processes: number;
  /** Inputs that wait: beyond, uploaders are told to come again. */
  readonly waiting: number;
  /** Together with `jobMs` less than the minute that an uploader waits. */
  readonly waitMs: number;
  /** From the first byte of the input to the last of the answer. */
  readonly jobMs: number;
  /** Of a decoding process, all in all: a decoded picture of 33 megapixels takes 133 MB, and turning it upright as many again. */
  readonly memoryBytes: number;
  readonly memoryCheckMs: number;
  /** A process with nothing to do ends after this. */
  readonly idleMs: number;
  /** A process is replaced after so many jobs, so that what it leaks or holds on to has an end. */
  readonly jobsPerProcess: number;
  /** Of a picture, and of all pictures of an animation together. */
  readonly pixels: number;
  readonly frames: number;
  /** Larger pictures are stored smaller: as Mastodon, 3840 × 2160. */
  readonly storedPixels: number;
  /** As Mastodon: 640 × 360. */
  readonly thumbnailPixels: number;
  /** Of one file that is made: what a picture of `storedPixels` can need at worst. */
  readonly outputBytes: number;
  /** Of an input that is read whole. */
  readonly inputBytes: number;
}

export const DECODER_LIMITS: DecoderLimits = {
  processes: 2,
  waiting: 32,
  waitMs: 15_000,
  jobMs: 40_000,
  memoryBytes: 640 * 1024 * 1024,
  memoryCheckMs: 50,
  idleMs: 30_000,
  jobsPerProcess: 50,
  pixels: 33_177_600,
  frames: 2_000,
  storedPixels: 8_294_400,
  thumbnailPixels: 230_400,
  outputBytes: 40 * 1024 * 1024,
  inputBytes: 16 * 1024 * 1024,
};
