/** Storing a file takes less, or whoever stored it has died. */
export const STORING_MS = 10 * 60_000;

/** Between claiming media and writing the post passes much less. */
export const CHECK_CLAIMS_AFTER_MS = 3_600_000;

/** Uploads that nobody took over by then belong to requests that ended long ago. */
export const UPLOAD_MS = 3_600_000;

export const SWEEP_EVERY_MS = 10 * 60_000;
