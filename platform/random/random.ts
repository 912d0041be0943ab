import { createHash, randomBytes } from 'node:crypto';

/** Unpredictable bytes, injected so that a test can replay a run. */
export interface Random {
  bytes(sizeBytes: number): Buffer;
}

export const systemRandom: Random = { bytes: (sizeBytes) => randomBytes(sizeBytes) };

/** URL-safe text with `sizeBytes` of entropy: for tokens, secrets and keys. */
export function randomToken(random: Random, sizeBytes = 32): string {
  return random.bytes(sizeBytes).toString('base64url');
}

/** The same bytes for the same seed. For tests only: predictable by design. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  return {
    bytes(sizeBytes) {
      const chunks: Buffer[] = [];
      for (let size = 0; size < sizeBytes; size += 32) {
        chunks.push(createHash('sha256').update(`${seed}:${counter++}`).digest());
      }
      return Buffer.concat(chunks).subarray(0, sizeBytes);
    },
  };
}
