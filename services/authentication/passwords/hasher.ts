import { hash, parseOptions, verify } from '@node-rs/argon2';
import { PlazaError } from '#platform/errors/errors.ts';
import { CREDENTIAL_LIMITS } from '#policies/limits/sign-in.ts';

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane; some 30 ms of a thread of the pool, never of the main thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With `stored` null (unknown person, or one without a password) it costs the same and answers false. */
  verify(stored: string | null, password: string): Promise<boolean>;
  /** Whether a stored hash is weaker than today's. */
  outdated(stored: string): boolean;
}

/** Computes few hashes at once, so that a rush of sign-ins leaves threads for everything else, and turns people away rather than queue for minutes. */
export function createPasswordHasher(): PasswordHasher {
  const gate = createGate(CREDENTIAL_LIMITS.concurrentHashes, CREDENTIAL_LIMITS.waitingHashes);
  let nobody: Promise<string> | undefined;

  return {
    hash: (password) => gate(() => hash(prepared(password), COST)),
    async verify(stored, password) {
      nobody ??= gate(() => hash('the password of nobody', COST));
      const against = stored ?? (await nobody);
      const right = await gate(() => verify(against, prepared(password)));
      return right && stored !== null;
    },
    outdated(stored) {
      const { memoryCost, timeCost } = parseOptions(stored);
      return memoryCost < COST.memoryCost || timeCost < COST.timeCost;
    },
  };
}

/** The same password typed on two keyboards is one password. */
function prepared(password: string): string {
  return password.normalize('NFKC');
}

function createGate(maxRunning: number, maxWaiting: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting)
        throw new PlazaError('unavailable', 'Too many people are signing in; try again in a moment');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
