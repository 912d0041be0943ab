import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Random } from '#platform/random/random.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Where a secret stands. It is bound to its place: moved to another row or column it no longer opens. */
export interface Place {
  /** `table.column`, or the purpose of something that is not stored. */
  readonly column: string;
  readonly rowId: string;
}

/** A secret was sealed under another operator key: the key of this data was lost or replaced. */
export class WrongOperatorKey extends Error {
  constructor(column: string) {
    super(`A secret in ${column} was sealed under another operator key.`);
    this.name = 'WrongOperatorKey';
  }
}

/** Encrypts what has to be read again (e-mail, TOTP secrets, private keys), and makes blind indexes of what has to be found. */
export interface Sealer {
  /** `<key id>.<base64url of iv, ciphertext and tag>`. */
  seal(plain: string, place: Place): string;
  /** Throws when the text was made under another key, was changed, or belongs to another place. */
  unseal(sealed: string, place: Place): string;
  /** The same text gives the same 256 bits, which say nothing about it without the key: for unique columns and look-ups. */
  blind(purpose: string, text: string): string;
}

/** AES-256-GCM and HMAC-SHA-256 under keys derived from the operator's key of 32 bytes. */
export function createSealer(operatorKey: Buffer, random: Random): Sealer {
  if (operatorKey.length !== KEY_BYTES) throw new RangeError(`The operator key has ${KEY_BYTES} bytes.`);
  const sealingKey = derive(operatorKey, 'plaza seal');
  const blindingKey = derive(operatorKey, 'plaza blind');
  const keyId = createHash('sha256').update(derive(operatorKey, 'plaza key id')).digest('hex').slice(0, 8);

  return {
    seal(plain, place) {
      const iv = random.bytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(aad(keyId, place));
      const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${keyId}.${body.toString('base64url')}`;
    },
    unseal(sealed, place) {
      const [id, text = ''] = sealed.split('.', 2);
      if (id !== keyId) throw new WrongOperatorKey(place.column);
      const body = Buffer.from(text, 'base64url');
      if (body.length < IV_BYTES + TAG_BYTES) throw new Error(`A secret in ${place.column} is damaged.`);
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, body.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(aad(keyId, place)).setAuthTag(body.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(body.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    },
    blind: (purpose, text) => createHmac('sha256', blindingKey).update(`${purpose}\0${text}`).digest('base64url'),
  };
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));
}

function aad(keyId: string, place: Place): Buffer {
  return Buffer.from(`${keyId}\0${place.column}\0${place.rowId}`);
}
