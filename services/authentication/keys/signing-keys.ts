import { errors, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { Relational, Step } from '#ports/relational/port.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { db, type SigningKeysTable } from '../store/tables.ts';

const ALGORITHM = 'EdDSA';
/** A token may arrive this long after its key stopped signing. */
const VERIFY_AFTER_MS = 2 * LIFETIMES.accessTokenMs;
/** The next key is made this long before the last one stops signing. */
const RENEW_BEFORE_MS = 24 * LIFETIMES.signingKeyLeadMs;
/** An unknown key id makes us read the table again, not more often than this: anyone can make up ids. */
const RELOAD_MS = 10_000;

type VerifyKey = Awaited<ReturnType<typeof importJWK>>;

interface LoadedKey {
  readonly row: SigningKeysTable;
  readonly publicJwk: JWK;
  readonly verify: VerifyKey;
  readonly sign: VerifyKey;
}

/** Keys of the internal tokens: Ed25519, in the relational store, private halves sealed. */
export interface SigningKeys {
  /** Makes and removes keys as time asks for it; done at the start and by the sweeper. */
  rotate(): Promise<void>;
  sign(claims: JWTPayload, issuedMs: number, expiresMs: number): Promise<string>;
  /** The claims, or undefined when the token is not ours, was changed or has expired. */
  verify(token: string): Promise<JWTPayload | undefined>;
  /** Public keys that sign, signed a moment ago, or will sign soon. */
  publicKeys(): JWK[];
}

export function createSigningKeys(
  relational: Relational,
  sealer: Sealer,
  clock: Clock,
  random: Random,
  issuer: string,
): SigningKeys {
  let keys = new Map<string, LoadedKey>();
  let loadedAtMs = Number.NEGATIVE_INFINITY;

  const load = async () => {
    loadedAtMs = clock.monotonic();
    const rows = await relational.query<SigningKeysTable>(
      db.selectFrom('authentication_signing_keys').selectAll().orderBy('signs_from_ms', 'asc'),
    );
    const known = keys;
    keys = new Map(
      await Promise.all(
        rows.map(async (row) => [row.key_id, known.get(row.key_id) ?? (await open(row, sealer))] as const),
      ),
    );
  };

  const signer = (): LoadedKey | undefined => {
    const nowMs = clock.now();
    return [...keys.values()].findLast(({ row }) => row.signs_from_ms <= nowMs && nowMs < row.signs_until_ms);
  };

  const rotate = async () => {
    await load();
    const nowMs = clock.now();
    const rows = [...keys.values()].map(({ row }) => row);
    const steps: Step[] = [];
    if (rows.some((row) => row.signs_until_ms + VERIFY_AFTER_MS < nowMs))
      steps.push({
        query: db.deleteFrom('authentication_signing_keys').where('signs_until_ms', '<', nowMs - VERIFY_AFTER_MS),
      });
    if (Math.max(0, ...rows.map((row) => row.signs_until_ms)) - nowMs <= RENEW_BEFORE_MS) {
      const signsFromMs = signer() === undefined ? nowMs : nowMs + LIFETIMES.signingKeyLeadMs;
      const row = await makeKey(sealer, random, nowMs, signsFromMs);
      steps.push({ query: db.insertInto('authentication_signing_keys').values(row) });
    }
    if (steps.length === 0) return;
    await relational.batch(steps);
    await load();
  };

  const verifier = async (keyId: string | undefined): Promise<LoadedKey | undefined> => {
    if (keyId === undefined) return undefined;
    if (!keys.has(keyId) && clock.monotonic() - loadedAtMs >= RELOAD_MS) await load();
    const key = keys.get(keyId);
    return key !== undefined && clock.now() < key.row.signs_until_ms + VERIFY_AFTER_MS ? key : undefined;
  };

  return {
    rotate,
    async sign(claims, issuedMs, expiresMs) {
      if (signer() === undefined) await rotate();
      const key = signer()!;
      return new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid: key.row.key_id, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(Math.floor(issuedMs / 1000))
        .setExpirationTime(Math.floor(expiresMs / 1000))
        .sign(key.sign);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = await verifier(kid);
            if (key === undefined) throw new errors.JWKSNoMatchingKey();
            return key.verify;
          },
          { issuer, audience: issuer, algorithms: [ALGORITHM], currentDate: new Date(clock.now()) },
        );
        return payload;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    publicKeys: () => [...keys.values()].map(({ publicJwk }) => publicJwk),
  };
}

async function makeKey(sealer: Sealer, random: Random, nowMs: number, signsFromMs: number): Promise<SigningKeysTable> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const keyId = randomToken(random, 9);
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid: keyId, alg: ALGORITHM, use: 'sig' };
  return {
    key_id: keyId,
    public_jwk: JSON.stringify(publicJwk),
    private_sealed: sealer.seal(JSON.stringify(await exportJWK(privateKey)), place(keyId)),
    created_ms: nowMs,
    signs_from_ms: signsFromMs,
    signs_until_ms: signsFromMs + LIFETIMES.signingKeyMs,
  };
}

async function open(row: SigningKeysTable, sealer: Sealer): Promise<LoadedKey> {
  const publicJwk = JSON.parse(row.public_jwk) as JWK;
  const privateJwk = JSON.parse(sealer.unseal(row.private_sealed, place(row.key_id))) as JWK;
  return {
    row,
    publicJwk,
    verify: await importJWK(publicJwk, ALGORITHM),
    sign: await importJWK(privateJwk, ALGORITHM),
  };
}

function place(keyId: string) {
  return { column: 'authentication_signing_keys.private', rowId: keyId };
}
